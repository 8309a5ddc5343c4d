package io.patchwar.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchwar.service.health.Check;
import io.patchwar.service.health.Health;
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

    public Metrics() {
        registry.config().meterFilter(new WellNamed());
    }

    /** Two of Micrometer's own meters have names that Prometheus' linter refuses. */
    private static final class WellNamed implements MeterFilter {
        /** In nanoseconds; {@code process.cpu.usage} says the same. */
        @Override
        public MeterFilterReply accept(Meter.Id id) {
            return id.getName().equals("process.cpu.time") ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }

        /** Only histograms and summaries may end in "count". */
        @Override
        public Meter.Id map(Meter.Id id) {
            return id.getName().equals("system.cpu.count") ? id.withName("system.cpus") : id;
        }
    }

    /** Where meters are registered. Every meter has a description, which becomes its HELP text. */
    public MeterRegistry registry() {
        return registry;
    }

    /** What Prometheus is told, in text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    /** Adds {@code /metrics}, and to what is counted what every service tells of itself, whether it is ready among it. */
    public void addTo(HttpFront front, Health health) {
        String version = Metrics.class.getPackage().getImplementationVersion();
        Gauge.builder("patchwar.build", () -> 1)
                .description("1, with the version of what runs")
                .tag("version", version == null ? "unpackaged" : version)
                .register(registry);
        Gauge.builder("patchwar.ready", health, h -> h.readiness().stream().allMatch(Check::ok) ? 1 : 0)
                .description("1 if every check of /readyz is fine, else 0")
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
