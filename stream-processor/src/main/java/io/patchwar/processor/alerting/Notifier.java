package io.patchwar.processor.alerting;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.processor.board.BoardView;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every Alertmanager told of what the board shows, from when the board has caught up: a restart then neither resolves
 * nor repeats anything. Each instance of this service tells everything; what they say is the same, so Alertmanager takes it
 * for one. Thread-safe.
 */
public final class Notifier implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final String NAME = "alerting";
    private static final long TICK_MILLIS = 1_000;
    private static final int CLIENT_THREADS = 16;

    private final AlertSettings settings;
    private final Supplier<@Nullable BoardView> board;
    private final InstantSource clock;
    private final AlertBook book;
    private final AlertLatency latency;
    private final List<Alertmanager> alertmanagers = new ArrayList<>();
    private final List<ScheduledExecutorService> lookups = new ArrayList<>();
    private final ScheduledExecutorService ticks;
    private final QueuedThreadPool clientThreads = new QueuedThreadPool(CLIENT_THREADS, 1);
    private final AtomicBoolean repeat = new AtomicBoolean();
    private final AtomicInteger firing = new AtomicInteger();
    private final AtomicInteger untold = new AtomicInteger();
    private volatile @Nullable String failure;

    /**
     * @param board what it shows now; null until it has caught up
     */
    public Notifier(
            AlertSettings settings,
            Supplier<@Nullable BoardView> board,
            MeterRegistry registry,
            InstantSource clock,
            Resolver resolver) {
        this.settings = settings;
        this.board = board;
        this.clock = clock;
        this.book = new AlertBook(settings);
        this.latency = new AlertLatency(registry, clock);
        clientThreads.setName("alertmanager-client");
        clientThreads.setDaemon(true);
        for (AlertmanagerSettings target : settings.alertmanagers()) {
            alertmanagers.add(new Alertmanager(
                    target,
                    settings.queueCapacity(),
                    resolver,
                    address -> new HttpPost(target, address, clientThreads),
                    registry,
                    latency::accepted));
            lookups.add(daemon("alertmanager-lookup"));
        }
        ticks = daemon("notifier");
        Gauge.builder("patchwar.alerts.firing", firing, AtomicInteger::get)
                .description("Alerts that are repeated to Alertmanager now; a critical war has two")
                .register(registry);
        Gauge.builder("patchwar.alerts.untold", untold, AtomicInteger::get)
                .description("Wars and conflicts that do not alert because there are too many")
                .register(registry);
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Begins to look up names and to tell; with no Alertmanager configured it has nothing to do. */
    @Override
    public void start() {
        if (alertmanagers.isEmpty()) {
            return;
        }
        begin();
        for (int i = 0; i < alertmanagers.size(); i++) {
            Alertmanager alertmanager = alertmanagers.get(i);
            ScheduledFuture<?> unused = lookups.get(i)
                    .scheduleWithFixedDelay(
                            () -> refresh(alertmanager),
                            0,
                            settings.timing().refresh().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
        ScheduledFuture<?> unused =
                ticks.scheduleWithFixedDelay(this::tickSafely, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Starts what carries alerts, but no clock: whoever calls {@link #refreshAll} and {@link #tick} is the clock. */
    void begin() {
        try {
            clientThreads.start();
        } catch (Exception e) {
            throw new IllegalStateException("cannot start threads", e);
        }
    }

    void refreshAll() {
        alertmanagers.forEach(this::refresh);
    }

    private void refresh(Alertmanager alertmanager) {
        try {
            if (alertmanager.refresh()) {
                repeat.set(true);
            }
        } catch (RuntimeException e) {
            LOG.error("cannot look up an Alertmanager: an error of Patchwar's own", e);
        }
    }

    private void tickSafely() {
        try {
            tick();
            failure = null;
        } catch (RuntimeException e) {
            if (failure == null) {
                LOG.error("cannot alert: an error of Patchwar's own", e);
            }
            failure = "an error of Patchwar's own, see the log: " + e.getClass().getSimpleName();
        }
    }

    /** Hands out what is due now. One thread. */
    void tick() {
        BoardView view = board.get();
        if (view == null) {
            return;
        }
        if (repeat.getAndSet(false)) {
            book.repeat();
        }
        Instant now = clock.instant();
        Lineup lineup = Lineup.of(view, settings, now);
        latency.seen(lineup);
        List<Alert> due = book.due(lineup, now);
        firing.set(book.firing());
        untold.set(lineup.untold());
        if (!due.isEmpty()) {
            alertmanagers.forEach(alertmanager -> alertmanager.offer(due));
        }
    }

    /**
     * Whether alerts are worked out. An Alertmanager that takes none is named, and is no failure of this service: its API is
     * then all the more needed, and what is not ready is taken out of reach. The metrics of notifications alert on it.
     */
    @Override
    public Check check() {
        String broken = failure;
        if (broken != null) {
            return Check.failed(NAME, broken);
        }
        if (alertmanagers.isEmpty()) {
            return Check.ok(NAME, "off: alerting.alertmanagers names none");
        }
        String deaf = alertmanagers.stream()
                .map(Alertmanager::check)
                .filter(check -> !check.ok())
                .map(check -> check.part() + ": " + check.detail())
                .collect(Collectors.joining("; "));
        return Check.ok(NAME, firing.get() + " alerts" + (deaf.isEmpty() ? "" : "; " + deaf));
    }

    /** Stops without a word: what fires is another instance's to repeat, or ours after the restart. */
    @Override
    public void close() {
        ticks.shutdownNow();
        lookups.forEach(ScheduledExecutorService::shutdownNow);
        alertmanagers.forEach(Alertmanager::close);
        try {
            clientThreads.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop threads", e);
        }
    }
}
