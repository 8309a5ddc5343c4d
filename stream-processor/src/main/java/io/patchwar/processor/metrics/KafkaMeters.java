package io.patchwar.processor.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.stats.CumulativeCount;
import org.apache.kafka.common.metrics.stats.CumulativeSum;

/**
 * Those of Kafka's own meters that are kept. Streams and its clients bring hundreds, some for each task and store: without a list
 * a scrape of eight tasks had 2,400 series. Micrometer's binder is not used: as soon as a meter comes for each partition, it drops
 * the one of the whole client, which is the one wanted here. Looked for again every five seconds, since meters of threads and
 * tasks come when these begin. Thread-safe.
 */
public final class KafkaMeters implements AutoCloseable {
    /** Names as Micrometer has them; Prometheus' have underscores, and counters {@code _total} at the end. */
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

    /** One series for a client, not one more for each partition, topic or node that it speaks with. */
    private static final Set<String> PARTS = Set.of("partition", "topic", "node-id");

    /** Labels that tell nothing here, or change with each start. */
    private static final Set<String> DROPPED_TAGS = Set.of("process-id");

    private static final Duration REFRESHED = Duration.ofSeconds(5);
    private static final String TOTAL = ".total";

    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private final MeterRegistry registry;
    private final Map<MetricName, Meter> bound = new HashMap<>();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kafka-meters");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param metrics all of a client, or of a stream with its clients, at any moment
     */
    public KafkaMeters(Supplier<? extends Map<MetricName, ? extends Metric>> metrics, MeterRegistry registry) {
        this.metrics = metrics;
        this.registry = registry;
    }

    /** Registers what there is, and from now on what comes. */
    public void start() {
        refresh();
        var unused = rounds.scheduleWithFixedDelay(
                this::refresh, REFRESHED.toMillis(), REFRESHED.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Registers what is new, and removes what is gone. */
    synchronized void refresh() {
        Map<MetricName, ? extends Metric> now = metrics.get();
        bound.entrySet().removeIf(known -> {
            boolean isGone = !now.containsKey(known.getKey());
            if (isGone) {
                registry.remove(known.getValue());
            }
            return isGone;
        });
        now.forEach((name, metric) -> {
            if (!bound.containsKey(name) && isKept(name)) {
                bound.put(name, bind(name, metric));
            }
        });
    }

    private static boolean isKept(MetricName name) {
        return KEPT.contains(named(name)) && PARTS.stream().noneMatch(name.tags()::containsKey);
    }

    private static String named(MetricName name) {
        String group = name.group().replace("-metrics", "");
        String dotted = ("kafka." + group + "." + name.name()).replace('-', '.');
        return dotted.endsWith(TOTAL) ? dotted.substring(0, dotted.length() - TOTAL.length()) : dotted;
    }

    private Meter bind(MetricName name, Metric metric) {
        List<Tag> tags = new ArrayList<>();
        name.tags().forEach((key, value) -> {
            if (!DROPPED_TAGS.contains(key)) {
                tags.add(Tag.of(key.replace('-', '.'), value));
            }
        });
        String ours = named(name);
        return isCounter(metric)
                ? FunctionCounter.builder(ours, metric, KafkaMeters::value)
                        .description(name.description())
                        .tags(tags)
                        .register(registry)
                : Gauge.builder(ours, metric, KafkaMeters::value)
                        .description(name.description())
                        .tags(tags)
                        .strongReference(true)
                        .register(registry);
    }

    private static boolean isCounter(Metric metric) {
        if (metric instanceof KafkaMetric own && own.isMeasurable()) {
            Object measurable = own.measurable();
            return measurable instanceof CumulativeSum || measurable instanceof CumulativeCount;
        }
        return metric.metricName().name().endsWith("-total");
    }

    /** NaN for what is no number: a text that a client tells of itself. */
    private static double value(Metric metric) {
        Object value = metric.metricValue();
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Override
    public void close() {
        rounds.shutdownNow();
        synchronized (this) {
            bound.values().forEach(registry::remove);
            bound.clear();
        }
    }
}
