package io.patchwar.processor.topology;

import io.patchwar.model.wire.TopicName;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.processor.topology.Found.Place;
import io.patchwar.service.kafka.Topics;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The stream, as a picture:
 *
 * <pre>
 * audit-events ─ read-audit-events ─ detect-wars (object-state)
 *                                     ├─ keep-wars (war-shelf) ─ write-wars ──────────────────── wars
 *                                     │                        └ find-cause ─ [conflict-causes]
 *                                     ├─ write-field-changes ─────────────────────────── field-changes
 *                                     ├─ write-cluster-load ──────────────────────────── cluster-load
 *                                     └─ write-dead-letters ───────────────────────── audit-events-dlq
 * [conflict-causes] ─ find-conflicts (conflict-state) ─ write-conflicts ───────────────── conflicts
 * </pre>
 *
 * Ingest keys events by object, so everything about an object happens in one partition and nothing is re-keyed up to the war.
 */
public final class WarTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final ProcessorConfig config;
    private final ProcessorMetrics metrics;
    private final DeadLetters deadLetters;
    private final Vigils vigils;
    private final ToldSource told;

    /**
     * @param told what stands in {@code wars} from before a partition was taken up
     */
    WarTopology(
            ProcessorConfig config, ProcessorMetrics metrics, DeadLetters deadLetters, Vigils vigils, ToldSource told) {
        this.config = config;
        this.metrics = metrics;
        this.deadLetters = deadLetters;
        this.vigils = vigils;
        this.told = told;
    }

    /**
     * The topology, every operator, store and internal topic with a name of its own: a generated one would change with the
     * next operator, and state would be lost over it.
     *
     * @param properties of the Streams client that runs it
     */
    public Topology build(Properties properties) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        Topics topics = config.kafka().topics();

        KStream<byte[], byte[]> events = builder.stream(
                topics.name(TopicName.AUDIT_EVENTS), Consumed.with(BYTES, BYTES).withName("read-audit-events"));

        KStream<byte[], Found> found = events.process(
                new WatchProcessor.Supplier(config, metrics, deadLetters, objectChangelog(), vigils),
                Named.as("detect-wars"));

        write(found, Place.FIELD_CHANGES, topics.name(TopicName.FIELD_CHANGES), "field-changes");
        write(found, Place.CLUSTER_LOAD, topics.name(TopicName.CLUSTER_LOAD), "cluster-load");
        write(found, Place.DEAD_LETTERS, topics.name(TopicName.DEAD_LETTERS), "dead-letters");

        // Each update goes out at once; what ended goes a while after, by its cluster's time.
        KStream<byte[], Found> kept = found.filter((key, value) -> value.isOfWars(), Named.as("find-updates"))
                .process(
                        new WarKeeper.Supplier(
                                config.output().keepEnded(),
                                metrics,
                                told,
                                // A thread that waits must not lose its partitions meanwhile.
                                config.stream().sessionTimeout().dividedBy(2),
                                smallChangelog()),
                        Named.as("keep-wars"));
        write(kept, Place.WARS, topics.name(TopicName.WARS), "wars");

        // Wars with one cause stand in many partitions. They are brought together at a trickle: one partition is
        // plenty.
        kept.filter((key, value) -> value.isFor(Place.CAUSES), Named.as("find-cause"))
                .mapValues((key, value) -> value instanceof Found.Written w ? w.value() : null, Named.as("tell-cause"))
                .repartition(Repartitioned.with(BYTES, BYTES)
                        .withName("conflict-causes")
                        .withNumberOfPartitions(1))
                .process(new ConflictProcessor.Supplier(smallChangelog()), Named.as("find-conflicts"))
                .to(
                        topics.name(TopicName.CONFLICTS),
                        Produced.with(BYTES, BYTES).withName("write-conflicts"));

        return builder.build(properties);
    }

    private static void write(KStream<byte[], Found> found, Place place, String topic, String what) {
        found.filter((key, value) -> value.isFor(place), Named.as("find-" + what))
                .to(topic, Produced.with(BYTES, Found.serde()).withName("write-" + what));
    }

    /** Objects are rewritten as they change: dirty soon, and cleaned as soon, so that who takes over reads little. */
    private static Map<String, String> objectChangelog() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                String.valueOf(64 << 20),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.3",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(2 << 20));
    }

    private static Map<String, String> smallChangelog() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                String.valueOf(16 << 20));
    }
}
