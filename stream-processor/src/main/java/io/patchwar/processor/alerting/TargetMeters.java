package io.patchwar.processor.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What one configured Alertmanager, with all its instances, is told. The names are those of Prometheus' own notifier: an alert
 * handed to an instance's queue is sent, or dropped for a reason, or still waits; errors are requests that were not accepted.
 */
final class TargetMeters {
    private static final String LABEL = "alertmanager";

    private final Counter sent;
    private final Counter errors;
    private final Counter full;
    private final Counter failed;
    private final Counter refused;
    private final Timer latency;

    TargetMeters(MeterRegistry registry, AlertmanagerSettings target) {
        String name = target.url().toString();
        sent = Counter.builder("patchwar.notifications.sent")
                .description("Alerts that an instance of the Alertmanager accepted, repetitions included")
                .tag(LABEL, name)
                .register(registry);
        errors = Counter.builder("patchwar.notifications.errors")
                .description("Requests that an instance of the Alertmanager did not answer, or did not accept")
                .tag(LABEL, name)
                .register(registry);
        full = dropped(registry, name, "queue-full");
        failed = dropped(registry, name, "failed");
        refused = dropped(registry, name, "refused");
        latency = Timer.builder("patchwar.notification.latency")
                .description("Time from a request to an instance of the Alertmanager to its answer")
                .tag(LABEL, name)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    private static Counter dropped(MeterRegistry registry, String name, String reason) {
        return Counter.builder("patchwar.notifications.dropped")
                .description("Alerts that an instance of the Alertmanager did not get: the queue was full, the request"
                        + " failed twice, or it refused the alert; what holds is repeated later")
                .tag(LABEL, name)
                .tag("reason", reason)
                .register(registry);
    }

    /** Adds what is known at any moment. */
    static void gauges(
            MeterRegistry registry,
            AlertmanagerSettings target,
            Supplier<Number> instances,
            Supplier<Number> waiting,
            Supplier<Number> capacity) {
        String name = target.url().toString();
        Gauge.builder("patchwar.notification.instances", instances)
                .description("Addresses that the Alertmanager's name stands for, each of which is told everything")
                .tag(LABEL, name)
                .strongReference(true)
                .register(registry);
        Gauge.builder("patchwar.notification.queue.length", waiting)
                .description("Alerts that wait for instances of the Alertmanager")
                .tag(LABEL, name)
                .strongReference(true)
                .register(registry);
        Gauge.builder("patchwar.notification.queue.capacity", capacity)
                .description("Alerts that may wait for instances of the Alertmanager")
                .tag(LABEL, name)
                .strongReference(true)
                .register(registry);
    }

    void request(PostResult posted, int alerts) {
        latency.record(posted.took());
        if (posted.isAccepted()) {
            sent.increment(alerts);
        } else {
            errors.increment();
        }
    }

    void full(int alerts) {
        full.increment(alerts);
    }

    void failed(int alerts) {
        failed.increment(alerts);
    }

    void refused() {
        refused.increment();
    }
}
