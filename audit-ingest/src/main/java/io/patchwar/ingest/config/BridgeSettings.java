package io.patchwar.ingest.config;

import io.patchwar.ingest.bridge.BridgeConfig;
import io.patchwar.ingest.bridge.BridgeConfig.Start;
import io.patchwar.ingest.bridge.ClusterNaming;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.settings.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The {@code bridge} list. */
final class BridgeSettings {
    private BridgeSettings() {}

    /**
     * Reads the list.
     *
     * @param own ingest's own Kafka, where the topics are if nothing else is said
     */
    static List<BridgeConfig> read(YamlSection file, KafkaConnection own) {
        List<BridgeConfig> bridges = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlSection section : file.sections("bridge")) {
            List<String> topics = section.texts("topics", List.of());
            if (topics.isEmpty()) {
                section.problem("topics", "is missing; the topics that a shipper fills");
            }
            String name = section.text("name", topics.isEmpty() ? "bridge" : topics.get(0));
            if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
                section.problem("name", "must be letters, digits, dots, dashes and underscores");
            } else if (!names.add(name)) {
                section.problem("name", name + " is there twice");
            }
            KafkaConnection from = section.has("bootstrap")
                    ? new KafkaConnection(section.text("bootstrap", ""), section.map("properties"))
                    : withMore(own, section.map("properties"));
            String start = section.text("start", "earliest");
            if (!start.equals("earliest") && !start.equals("latest")) {
                section.problem("start", "must be earliest or latest, not " + start);
            }
            bridges.add(new BridgeConfig(
                    name,
                    from,
                    topics,
                    section.text("group", BridgeConfig.GROUP),
                    naming(section),
                    start.equals("latest") ? Start.LATEST : Start.EARLIEST,
                    BridgeConfig.PATIENCE));
        }
        return bridges;
    }

    private static KafkaConnection withMore(KafkaConnection own, Map<String, String> more) {
        Map<String, String> properties = new java.util.TreeMap<>(own.properties());
        properties.putAll(more);
        return new KafkaConnection(own.bootstrap(), properties);
    }

    private static ClusterNaming naming(YamlSection section) {
        @Nullable String fixed = section.has("cluster") ? section.text("cluster", "") : null;
        if (fixed != null && !Origin.isCluster(fixed)) {
            section.problem("cluster", "must be letters, digits, dots, dashes and underscores");
        }
        YamlSection from = section.section("clusterFrom");
        @Nullable String header = from.has("header") ? from.text("header", "") : null;
        @Nullable String field = from.has("field") ? from.text("field", "") : null;
        if (fixed == null && header == null && field == null) {
            section.problem("cluster", "is missing, and so is clusterFrom; of which cluster are the records?");
        }
        Pattern pattern = ClusterNaming.LAST_PART;
        String written = from.text("pattern", pattern.pattern());
        try {
            pattern = Pattern.compile(written);
        } catch (PatternSyntaxException e) {
            from.problem("pattern", "is no regular expression: " + e.getDescription());
        }
        Map<String, String> names = from.map("names");
        names.forEach((there, name) -> {
            if (!Origin.isCluster(name)) {
                from.problem("names." + there, "must be letters, digits, dots, dashes and underscores");
            }
        });
        return new ClusterNaming(fixed, header, field, pattern, names);
    }

    static void show(List<BridgeConfig> bridges, Map<String, String> table) {
        if (bridges.isEmpty()) {
            table.put("bridge", "(none)");
        }
        for (BridgeConfig bridge : bridges) {
            String at = "bridge[" + bridge.name() + "].";
            table.put(at + "topics", String.join(", ", bridge.topics()));
            table.put(at + "bootstrap", bridge.from().bootstrap());
            bridge.from().shown().forEach((key, value) -> table.put(at + "properties." + key, value));
            table.put(at + "group", bridge.group());
            table.put(at + "start", bridge.start().name().toLowerCase(Locale.ROOT));
            ClusterNaming naming = bridge.clusters();
            table.put(
                    at + "cluster",
                    (naming.header() != null ? "header " + naming.header() + ", " : "")
                            + (naming.field() != null ? "field " + naming.field() + ", " : "")
                            + (naming.fixed() == null ? "else none" : naming.fixed()));
        }
    }
}
