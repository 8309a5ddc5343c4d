package io.patchwar.ingest.bridge;

import io.micrometer.core.instrument.Gauge;
import io.patchwar.ingest.metrics.IngestMetrics;
import java.util.function.ToDoubleFunction;

/** What a bridge counts. Thread-safe. */
final class BridgeMetrics {
    private final IngestMetrics metrics;
    private final String bridge;

    BridgeMetrics(IngestMetrics metrics, String bridge) {
        this.metrics = metrics;
        this.bridge = bridge;
    }

    void committed(long records, long bytes) {
        metrics.counter(IngestMetrics.BRIDGE_RECORDS, "Records of shippers' topics made durable", "bridge", bridge)
                .increment((double) records);
        metrics.counter(IngestMetrics.BRIDGE_BYTES, "Bytes of shippers' topics made durable", "bridge", bridge)
                .increment((double) bytes);
    }

    /** A document of which nothing says of which cluster it is. */
    void unnamed() {
        metrics.counter(
                        IngestMetrics.BRIDGE_UNNAMED,
                        "Documents that name no cluster, and are therefore not taken",
                        "bridge",
                        bridge)
                .increment();
    }

    /** Records that were not durable in time, and are read again. */
    void again(long records) {
        metrics.counter(
                        IngestMetrics.BRIDGE_RETRIES,
                        "Records read again because they could not be made durable",
                        "bridge",
                        bridge)
                .increment((double) records);
    }

    <T> void lag(T worker, ToDoubleFunction<T> records) {
        Gauge.builder(IngestMetrics.BRIDGE_LAG, worker, records)
                .description("Records in shippers' topics that were not read yet, of the partitions assigned here")
                .tag("bridge", bridge)
                .register(metrics.registry());
    }
}
