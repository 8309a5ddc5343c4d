package io.patchwar.standalone.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Setups to look at. */
final class Requests {
    static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
    static final Path OUTPUT = Path.of("/srv/patchwar-prod");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Requests() {}

    static SetupRequest on(Platform platform) {
        return to(platform, "https://127.0.0.1:8443");
    }

    static SetupRequest to(Platform platform, String url) {
        return new SetupRequest(
                "prod",
                platform,
                URI.create(url),
                List.of(),
                Set.of(),
                List.of(),
                false,
                Instant.now(),
                Duration.ofDays(90));
    }

    static SetupRequest with(Set<String> bodies, List<String> groups, boolean kubelets) {
        return new SetupRequest(
                "prod",
                Platform.KUBEADM,
                URI.create("https://127.0.0.1:8443"),
                List.of(),
                bodies,
                groups,
                kubelets,
                NOW,
                Duration.ofDays(90));
    }

    /** Contents by name. */
    static Map<String, String> written(SetupRequest request) {
        Map<String, String> contents = new TreeMap<>();
        Setup.files(request, OUTPUT).forEach(file -> contents.put(file.name(), file.content()));
        return contents;
    }

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not YAML: " + text, e);
        }
    }
}
