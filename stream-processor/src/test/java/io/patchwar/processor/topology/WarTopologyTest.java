package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.processor.stage.TestConfigs;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.junit.jupiter.api.Test;

/**
 * The shape of the topology is a contract: the numbers of its sub-topologies are parts of task ids, its names parts of the names of
 * internal topics. A difference here means state that is left behind, unless the change is told and migrated.
 */
class WarTopologyTest {
    private final Topology topology = topology();

    private static Topology topology() {
        ProcessorConfig config = TestConfigs.on("127.0.0.1:1", Path.of("unused"), 12);
        ProcessorMetrics metrics = new ProcessorMetrics(new SimpleMeterRegistry(), InstantSource.system());
        DeadLetters letters = new DeadLetters(config.deadLetters(), config.secret(), metrics, InstantSource.system());
        Vigils vigils = new Vigils(config.stream().sessionTimeout(), System::nanoTime);
        return new WarTopology(config, metrics, letters, vigils, ToldSource.NONE)
                .build(StreamProperties.of(config, new FailureDoors(new StreamHealth(), metrics)));
    }

    @Test
    void looksAsItDid() throws Exception {
        try (InputStream approved = WarTopologyTest.class.getResourceAsStream("/topology.txt")) {
            assertThat(topology.describe().toString().strip().lines().map(String::strip))
                    .containsExactlyElementsOf(new String(approved.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .toList());
        }
    }

    @Test
    void needsOneSubTopologyFromTheEventToTheWarAndOneMoreForConflicts() {
        Set<TopologyDescription.Subtopology> parts = topology.describe().subtopologies();

        assertThat(parts).hasSize(2);
        assertThat(parts.stream().filter(part -> has(part, "read-audit-events")))
                .singleElement()
                .satisfies(part ->
                        assertThat(sinks(part)).contains("wars", "field-changes", "cluster-load", "audit-events-dlq"));
    }

    @Test
    void givesEverythingANameOfItsOwn() {
        assertThat(topology.describe().toString()).doesNotContain("KSTREAM-").doesNotContain("KTABLE-");
    }

    private static boolean has(TopologyDescription.Subtopology part, String node) {
        return part.nodes().stream().anyMatch(n -> n.name().equals(node));
    }

    private static Set<String> sinks(TopologyDescription.Subtopology part) {
        return part.nodes().stream()
                .filter(Sink.class::isInstance)
                .map(node -> ((Sink) node).topic())
                .collect(Collectors.toSet());
    }
}
