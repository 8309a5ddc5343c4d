package io.patchwar.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The rules that ship for Prometheus. */
final class AlertRules {
    private AlertRules() {}

    /** Every alerting rule, as it stands in the file. */
    static List<JsonNode> alerts() {
        return rules(Path.of("rules", "patchwar.alerts.yml"));
    }

    /** Every recording rule. */
    static List<JsonNode> recordings() {
        return rules(Path.of("rules", "patchwar.rules.yml"));
    }

    private static List<JsonNode> rules(Path file) {
        try {
            return Dashboard.stream(new YAMLMapper().readTree(file.toFile()).path("groups"))
                    .flatMap(group -> Dashboard.stream(group.path("rules")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
