package io.patchwar.processor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over Kafka's own registry of metrics. */
class KafkaMetersTest {
    private static final String LAG = "kafka.consumer.fetch.manager.records.lag.max";

    private final Metrics kafka = new Metrics();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KafkaMeters meters = new KafkaMeters(kafka::metrics, registry);

    @AfterEach
    void close() {
        meters.close();
        kafka.close();
    }

    private MetricName value(String name, String group, double value, Map<String, String> tags) {
        MetricName metric = kafka.metricName(name, group, "what it is", tags);
        kafka.addMetric(metric, (config, now) -> value);
        return metric;
    }

    private List<String> registered() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName() + " " + id.getTags())
                .sorted()
                .toList();
    }

    @Test
    void keepsTheMeterOfTheWholeClientWhenOneComesForEachPartition() {
        value("records-lag-max", "consumer-fetch-manager-metrics", 7, Map.of("client-id", "a"));
        meters.refresh();
        value(
                "records-lag-max",
                "consumer-fetch-manager-metrics",
                5,
                Map.of("client-id", "a", "topic", "t", "partition", "0"));

        meters.refresh();

        assertThat(registered()).containsExactly(LAG + " [tag(client.id=a)]");
        assertThat(registry.get(LAG).gauge().value()).isEqualTo(7);
    }

    @Test
    void leavesOutWhatIsNotOnItsList() {
        value("records-lag-avg", "consumer-fetch-manager-metrics", 7, Map.of("client-id", "a"));
        value("process-ratio", "stream-thread-metrics", 0.5, Map.of("thread-id", "a"));

        meters.refresh();

        assertThat(registered()).containsExactly("kafka.stream.thread.process.ratio [tag(thread.id=a)]");
    }

    @Test
    void whatOnlyRisesIsACounter() {
        kafka.sensor("failed")
                .add(
                        kafka.metricName("failed-stream-threads", "stream-metrics", Map.of("client-id", "a")),
                        new CumulativeSum(2));
        kafka.sensor("rebalances")
                .add(
                        kafka.metricName("rebalance-total", "consumer-coordinator-metrics", Map.of("client-id", "a")),
                        new CumulativeSum(3));
        kafka.sensor("alive")
                .add(kafka.metricName("alive-stream-threads", "stream-metrics", Map.of("client-id", "a")), new Value());

        meters.refresh();

        assertThat(counter("kafka.stream.failed.stream.threads")).isEqualTo(2);
        assertThat(counter("kafka.consumer.coordinator.rebalance")).isEqualTo(3);
        assertThat(registry.get("kafka.stream.alive.stream.threads").gauge().value())
                .isZero();
    }

    private double counter(String name) {
        FunctionCounter counter = registry.get(name).functionCounter();
        return counter.count();
    }

    @Test
    void dropsTheLabelThatChangesWithEachStart() {
        value("client-state", "stream-metrics", 2, Map.of("client-id", "a", "process-id", "x-1"));

        meters.refresh();

        assertThat(registered()).containsExactly("kafka.stream.client.state [tag(client.id=a)]");
    }

    @Test
    void whatIsGoneIsRemovedAndWhatComesIsAdded() {
        MetricName first = value("process-ratio", "stream-thread-metrics", 1, Map.of("thread-id", "a"));
        meters.refresh();
        kafka.removeMetric(first);
        value("process-ratio", "stream-thread-metrics", 1, Map.of("thread-id", "b"));

        meters.refresh();

        assertThat(registered()).containsExactly("kafka.stream.thread.process.ratio [tag(thread.id=b)]");
        meters.close();
        assertThat(registered()).isEmpty();
    }
}
