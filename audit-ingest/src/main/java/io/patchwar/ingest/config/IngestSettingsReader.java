package io.patchwar.ingest.config;

import io.patchwar.ingest.config.IngestSettings.SpoolSettings;
import io.patchwar.ingest.delivery.HeartbeatConfig;
import io.patchwar.ingest.delivery.SenderConfig;
import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.redact.Redaction;
import io.patchwar.ingest.redact.RedactionKey;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.Verb;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.settings.DidYouMean;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** From YAML to {@link IngestSettings}. The bounds keep out what could only be a slip of the hand. */
final class IngestSettingsReader {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private IngestSettingsReader() {}

    static IngestSettings read(InputStream yaml, Environment environment) throws IOException, YamlProblems {
        YamlSection file = YamlSection.read(yaml, environment);
        Path data = Path.of(file.text("data", "/var/lib/patchwar/ingest"));
        HttpAddress http = address(file.section("http"), "127.0.0.1:8081");
        IngestSettings settings = read(file, data, http, KafkaSettings.read(file), "127.0.0.1:8443");
        if (settings.digestKeyFile() == null) {
            // Another instance, today or one day, would digest under another key, and each see the other change every
            // Secret.
            file.problem("digestKeyFile", "is missing; " + RedactionKey.HOW);
        }
        file.finish();
        return settings;
    }

    static IngestSettings read(YamlSection file, Path data, HttpAddress http, KafkaSettings kafka, String listen) {
        Path keyFile = file.has("digestKeyFile") ? Path.of(file.text("digestKeyFile", "digest.key")) : null;
        return new IngestSettings(
                data,
                keyFile,
                http,
                kafka,
                WebhookSettings.read(file.section("webhook"), listen),
                FilesSettings.read(file.section("files"), data),
                BridgeSettings.read(file, kafka.connection()),
                spool(file.section("spool")),
                scope(file.section("scope")),
                redaction(file.section("redaction")),
                delivery(file.section("delivery")),
                heartbeats(file.section("heartbeats")));
    }

    static HttpAddress address(YamlSection section, String otherwise) {
        String text = section.text("listen", otherwise);
        HttpAddress address = HttpAddress.parse(text);
        if (address == null) {
            section.problem("listen", "must be HOST:PORT, such as 0.0.0.0:8443, not " + text);
            address = HttpAddress.parse(otherwise);
        }
        return address == null ? new HttpAddress("127.0.0.1", 0) : address;
    }

    private static SpoolSettings spool(YamlSection section) {
        return new SpoolSettings(section.bytes("size", 1 << 30, 1 << 20, 1L << 40), section.flag("sync", true));
    }

    private static IngestScope scope(YamlSection section) {
        Scope coarse = new Scope(
                Set.copyOf(section.texts("excludedResources", List.copyOf(Scope.DEFAULT.excludedResources()))),
                Set.copyOf(section.texts("excludedGroups", List.copyOf(Scope.DEFAULT.excludedGroups()))));
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        List<String> words = Stream.of(Verb.values()).map(Verb::word).toList();
        for (String word : section.texts("verbs", words)) {
            if (!words.contains(word)) {
                section.problem("verbs", word + " changes nothing" + DidYouMean.among(words, word));
            }
        }
        List<String> wanted = section.texts("verbs", words);
        Stream.of(Verb.values()).filter(verb -> wanted.contains(verb.word())).forEach(verbs::add);
        return new IngestScope(
                coarse,
                verbs,
                section.texts("resources", List.of("*")),
                section.texts("excluded", List.of()),
                section.texts("namespaces", List.of("*")),
                section.texts("excludedNamespaces", List.of()),
                section.texts("excludedUsers", List.of()));
    }

    private static RedactionSettings redaction(YamlSection section) {
        List<RedactionSettings.Fields> fields = new ArrayList<>();
        for (YamlSection rule : section.sections("fields")) {
            String resources = rule.text("resources", "");
            List<String> paths = rule.texts("fields", List.of());
            if (resources.isEmpty()) {
                rule.problem("resources", "is missing; a pattern such as deployments.apps or *.example.com");
            }
            if (paths.isEmpty()) {
                rule.problem("fields", "is missing; paths such as spec.values.password");
            }
            try {
                var unused = Redaction.under(RedactionKey.random()).with(resources, paths);
                fields.add(new RedactionSettings.Fields(resources, paths));
            } catch (IllegalArgumentException e) {
                rule.problem("fields", String.valueOf(e.getMessage()));
            }
        }
        return new RedactionSettings(section.flag("configMaps", false), fields, section.flag("keepUnreadable", false));
    }

    private static SenderConfig delivery(YamlSection section) {
        SenderConfig otherwise = SenderConfig.DEFAULT;
        return new SenderConfig(
                section.duration("patience", otherwise.patience(), Duration.ofMillis(10), Duration.ofSeconds(10)),
                section.duration("timeout", otherwise.deliveryTimeout(), SECOND, Duration.ofMinutes(10)),
                section.duration("linger", otherwise.linger(), Duration.ZERO, SECOND),
                section.bytes("buffer", otherwise.bufferBytes(), 8 << 20, 4L << 30));
    }

    private static HeartbeatConfig heartbeats(YamlSection section) {
        HeartbeatConfig otherwise = HeartbeatConfig.DEFAULT;
        return new HeartbeatConfig(
                section.duration("every", otherwise.every(), SECOND, Duration.ofMinutes(1)),
                section.duration("heardFor", otherwise.heardFor(), SECOND, Duration.ofHours(1)));
    }
}
