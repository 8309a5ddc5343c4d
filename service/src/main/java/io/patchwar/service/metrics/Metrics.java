package io.patchwar.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchwar.service.http.HttpFront;
import io.patchwar.service.http.TextHandler;
import io.patchwar.service.http.TextHandler.Answer;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The meters of one service and the page that Prometheus scrapes. Labels are bounded: cluster, outcome, reason, class,
 * severity and their like; never an object, a field, an actor or a war. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Where meters are registered. Every meter has a description, which becomes its HELP text. */
    public MeterRegistry registry() {
        return registry;
    }

    /** What Prometheus is told, in text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    /** Adds {@code /metrics}, and to what is counted what every service tells of itself; filters must be in place by now. */
    public void addTo(HttpFront front) {
        String version = Metrics.class.getPackage().getImplementationVersion();
        Gauge.builder("patchwar.build", () -> 1)
                .description("1, with the version of what runs")
                .tag("version", version == null ? "unpackaged" : version)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        front.serve(
                "/metrics",
                new TextHandler(
                        () -> new Answer(HttpStatus.OK_200, "text/plain; version=0.0.4; charset=utf-8", scrape())));
    }

    @Override
    public void close() {
        registry.close();
    }
}
