package io.patchwar.ingest.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;

/** What the webhook counts; the names stand in {@link IngestMetrics}. Thread-safe. */
final class WebhookMetrics {
    private final IngestMetrics metrics;
    private final Timer durable;
    private final Counter bytes;

    WebhookMetrics(IngestMetrics metrics, ByteBudget budget) {
        this.metrics = metrics;
        this.durable = Timer.builder(IngestMetrics.REQUEST_SECONDS)
                .description("From a body's last byte to its answer, of bodies that became durable")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .register(metrics.registry());
        this.bytes = metrics.counter(IngestMetrics.REQUEST_BYTES, "Bytes of bodies, as they were sent");
        Gauge.builder(IngestMetrics.BUFFERED_BYTES, budget, ByteBudget::taken)
                .description("Bytes of bodies that are being read or wait to be durable")
                .register(metrics.registry());
        answers(HttpStatus.OK_200);
        answers(HttpStatus.SERVICE_UNAVAILABLE_503);
    }

    void answered(int status) {
        answers(status).increment();
    }

    private Counter answers(int status) {
        return metrics.counter(
                IngestMetrics.REQUESTS, "Requests answered, by HTTP status", "code", String.valueOf(status));
    }

    void read(long packed, Duration took, boolean safe) {
        bytes.increment((double) packed);
        if (safe) {
            durable.record(took);
        }
    }

    void notDurable(Reason reason) {
        metrics.counter(
                        IngestMetrics.NOT_DURABLE,
                        "Bodies that could not be made durable, and whose sender was asked to come again",
                        "reason",
                        reason.word())
                .increment();
    }

    void broken() {
        metrics.counter(IngestMetrics.BROKEN, "Bodies whose connection broke before they were over")
                .increment();
    }
}
