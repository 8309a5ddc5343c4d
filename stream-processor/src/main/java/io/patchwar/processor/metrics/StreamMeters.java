package io.patchwar.processor.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.Set;

/**
 * Which of Kafka's own meters are kept. Streams and its clients bring hundreds, some for each task and store: without a list a
 * scrape of eight tasks had 2,400 series. Stateless.
 */
public final class StreamMeters implements MeterFilter {
    /** Names as Micrometer has them; Prometheus' have underscores. */
    public static final Set<String> KEPT = Set.of(
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.client.state",
            "kafka.stream.thread.process.ratio",
            "kafka.stream.thread.punctuate.ratio",
            "kafka.stream.thread.commit.ratio",
            "kafka.stream.thread.poll.ratio",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.process.latency.max",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.punctuate.latency.max",
            "kafka.stream.thread.poll.records.max",
            "kafka.stream.thread.blocked.time.ns.total",
            "kafka.stream.state.updater.active.restoring.tasks",
            "kafka.stream.state.updater.standby.updating.tasks",
            "kafka.stream.state.updater.restore.records.rate",
            "kafka.stream.task.dropped.records",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.fetch.manager.bytes.consumed.rate",
            "kafka.consumer.coordinator.rebalance",
            "kafka.consumer.coordinator.rebalance.latency.max",
            "kafka.consumer.coordinator.last.rebalance.seconds.ago",
            "kafka.consumer.last.poll.seconds.ago",
            "kafka.producer.record.error",
            "kafka.producer.record.retry",
            "kafka.producer.record.send.rate",
            "kafka.producer.request.latency.max");

    /** Labels that tell nothing here, or change with each start. */
    private static final Set<String> DROPPED_TAGS = Set.of("kafka.version", "process.id", "topology.description");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        if (!id.getName().startsWith("kafka.")) {
            return MeterFilterReply.NEUTRAL;
        }
        return KEPT.contains(base(id.getName())) && isOfWhole(id) ? MeterFilterReply.ACCEPT : MeterFilterReply.DENY;
    }

    private static String base(String name) {
        return name.endsWith(".total") && !KEPT.contains(name) ? name.substring(0, name.length() - 6) : name;
    }

    /** One series for a client, not one more for each partition, topic or node that it speaks with. */
    private static boolean isOfWhole(Meter.Id id) {
        return id.getTag("partition") == null && id.getTag("topic") == null && id.getTag("node.id") == null;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith("kafka.")) {
            return id;
        }
        List<Tag> tags = id.getTags().stream()
                .filter(tag -> !DROPPED_TAGS.contains(tag.getKey()))
                .toList();
        return id.replaceTags(tags);
    }
}
