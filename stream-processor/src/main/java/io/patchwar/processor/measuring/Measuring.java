package io.patchwar.processor.measuring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.pressure.Measured;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Prometheus again and again, and knows what it last said of each cluster for as long as that may count. Nothing waits for
 * it: while Prometheus is away, wars are judged by what is configured. Thread-safe.
 */
public final class Measuring implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);
    private static final String NAME = "prometheus";

    private final PrometheusSettings settings;
    private final InstantSource clock;
    private final @Nullable PrometheusApi api;
    private final Counter answered;
    private final Counter failed;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        return thread;
    });
    private volatile Readings readings = Readings.NONE;
    private volatile String standing = "has not been asked yet";

    public Measuring(PrometheusSettings settings, MeterRegistry registry, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        URI url = settings.url();
        this.api = url == null ? null : new PrometheusApi(url, settings);
        this.answered = queries(registry, "answered");
        this.failed = queries(registry, "failed");
    }

    private static Counter queries(MeterRegistry registry, String outcome) {
        return Counter.builder("patchwar.prometheus.queries")
                .description("Queries to Prometheus for what audit logs do not tell, by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        if (api != null) {
            var unused =
                    rounds.scheduleWithFixedDelay(this::ask, 0, settings.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What was measured of the cluster and still counts. */
    public Measured of(String cluster) {
        return readings.of(cluster, clock.instant().minus(settings.staleAfter()));
    }

    /** One round; what one query does not give, the last round's stands for until it is stale. */
    void ask() {
        PrometheusApi asked = api;
        if (asked == null) {
            return;
        }
        try {
            Readings known = readings;
            List<Series> quota = answer(asked, settings.quota());
            List<Series> inUse = answer(asked, settings.inUse());
            List<Series> watchers = answer(asked, settings.watchers());
            readings = new Readings(
                    settings.clusterLabel(),
                    quota.isEmpty() ? known.quota() : quota,
                    inUse.isEmpty() ? known.inUse() : inUse,
                    watchers.isEmpty() ? known.watchers() : watchers);
            tell(quota.size() + " series of quotas, " + inUse.size() + " of sizes, " + watchers.size()
                    + " of watchers");
        } catch (IOException e) {
            failed.increment();
            tell("FAILING: " + e.getMessage());
        } catch (RuntimeException e) {
            failed.increment();
            LOG.error("asking Prometheus failed: an error of Patchwar's own", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Series> answer(PrometheusApi asked, String promQl) throws IOException, InterruptedException {
        List<Series> series = asked.query(promQl);
        answered.increment();
        return series;
    }

    private void tell(String now) {
        boolean isNews = now.startsWith("FAILING") != standing.startsWith("FAILING");
        standing = now;
        if (isNews) {
            LOG.warn("Prometheus at {}: {}", settings.url(), now);
        }
    }

    /** Fine in any case: that Prometheus is away is told, and no reason not to judge. */
    @Override
    public Check check() {
        return Check.ok(NAME, api == null ? "not configured" : standing);
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
