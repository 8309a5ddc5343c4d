package io.patchwar.ingest.config;

import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.webhook.ClusterAccess;
import io.patchwar.ingest.webhook.TlsConfig;
import io.patchwar.ingest.webhook.WebhookConfig;
import io.patchwar.ingest.webhook.WebhookLimits;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.settings.YamlSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code webhook} section. */
final class WebhookSettings {
    private WebhookSettings() {}

    static @Nullable WebhookConfig read(YamlSection section, String otherwise) {
        boolean enabled = section.flag("enabled", true);
        HttpAddress listen = IngestSettingsReader.address(section, otherwise);
        TlsConfig tls = tls(section.section("tls"));
        List<ClusterAccess> clusters = clusters(section, tls);
        WebhookLimits limits = limits(section.section("limits"));
        Duration reload =
                section.duration("reloadEvery", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofHours(1));
        if (!listen.isLoopback() && tls == null) {
            section.problem(
                    "listen",
                    "plain HTTP is for loopback alone, as API servers send tokens over TLS only and events hold what is nobody's business; set tls.certificate and tls.key");
            return null;
        }
        if (!listen.isLoopback() && clusters.isEmpty()) {
            section.problem("clusters", "must name who may post, as " + listen + " is not loopback");
            return null;
        }
        return enabled ? new WebhookConfig(listen, tls, clusters, limits, reload) : null;
    }

    private static @Nullable TlsConfig tls(YamlSection section) {
        if (!section.has("certificate") && !section.has("key") && !section.has("clientCa")) {
            section.flag("clientCertificate", false);
            return null;
        }
        for (String key : List.of("certificate", "key")) {
            if (!section.has(key)) {
                section.problem(key, "is missing; both certificate and key are needed, as PEM files");
            }
        }
        boolean demanded = section.flag("clientCertificate", false);
        if (demanded && !section.has("clientCa")) {
            section.problem("clientCa", "is missing; whose client certificates are to be believed?");
        }
        return new TlsConfig(
                Path.of(section.text("certificate", "missing")),
                Path.of(section.text("key", "missing")),
                section.has("clientCa") ? Path.of(section.text("clientCa", "missing")) : null,
                demanded);
    }

    private static List<ClusterAccess> clusters(YamlSection section, @Nullable TlsConfig tls) {
        List<ClusterAccess> clusters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlSection cluster : section.sections("clusters")) {
            String name = cluster.text("name", "");
            if (!Origin.isCluster(name)) {
                cluster.problem("name", "must be letters, digits, dots, dashes and underscores, as in /audit/NAME");
            } else if (!names.add(name)) {
                cluster.problem("name", name + " is there twice");
            }
            List<Path> tokenFiles = cluster.texts("tokenFiles", List.of()).stream()
                    .map(Path::of)
                    .toList();
            List<String> certificates = cluster.texts("certificates", List.of());
            boolean both = cluster.flag("both", false);
            if (tokenFiles.isEmpty() && certificates.isEmpty()) {
                cluster.problem("tokenFiles", "is missing, and so is certificates; one of them must say who may post");
            }
            if (both && (tokenFiles.isEmpty() || certificates.isEmpty())) {
                cluster.problem("both", "asks for a token and a certificate; name both");
            }
            if (!certificates.isEmpty() && (tls == null || tls.clientCa() == null)) {
                cluster.problem("certificates", "need webhook.tls.clientCa, or none is believed");
            }
            clusters.add(new ClusterAccess(name, tokenFiles, certificates, both));
        }
        return clusters;
    }

    private static WebhookLimits limits(YamlSection section) {
        WebhookLimits otherwise = WebhookLimits.DEFAULT;
        Duration second = Duration.ofSeconds(1);
        Duration fiveMinutes = Duration.ofMinutes(5);
        WebhookLimits limits = new WebhookLimits(
                section.bytes("body", otherwise.body(), 1 << 20, 1 << 30),
                section.bytes("buffered", otherwise.buffered(), 1 << 20, 64L << 30),
                section.count("connections", otherwise.connections(), 8, 100_000),
                (int) section.bytes("headers", otherwise.headers(), 1 << 10, 1 << 20),
                section.duration("headersWithin", otherwise.headersWithin(), second, fiveMinutes),
                section.duration("bodyWithin", otherwise.bodyWithin(), second, fiveMinutes),
                section.duration("answerWithin", otherwise.answerWithin(), second, fiveMinutes));
        if (limits.buffered() < limits.body()) {
            section.problem("buffered", "must not be below body, or no large body is ever read");
        }
        return limits;
    }
}
