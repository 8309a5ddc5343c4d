package io.patchwar.ingest.delivery;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.ingest.pipeline.Outlet;
import io.patchwar.ingest.spool.Spool;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka as long as it keeps up; when an acknowledgement takes longer than patience has it, the spool. What is in the spool goes
 * first: until it is drained, everything that may goes there, so that nothing is overtaken. Heartbeats rest meanwhile, as they
 * would tell of a silence that is none; so do those of a cluster of which something was refused. Thread-safe.
 */
public final class KafkaOutlet implements Outlet, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutlet.class);
    private static final int DRAINED_AT_ONCE = 1 << 20;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Sender sender;
    private final @Nullable Spool spool;
    private final Duration patience;
    private final IngestMetrics metrics;
    private final Heartbeats heartbeats;
    private final ScheduledThreadPoolExecutor timer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread drainer;

    /**
     * @param spool null for none: then what Kafka does not take is refused
     */
    KafkaOutlet(
            Sender sender,
            @Nullable Spool spool,
            SenderConfig config,
            HeartbeatConfig heartbeat,
            IngestMetrics metrics,
            InstantSource clock) {
        this.sender = sender;
        this.spool = spool;
        this.patience = config.patience();
        this.metrics = metrics;
        this.heartbeats = new Heartbeats(heartbeat, clock, metrics);
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "delivery-timer"));
        timer.setRemoveOnCancelPolicy(true);
        this.drainer = daemon(this::drain, "spool-drainer");
    }

    /** To Kafka, over a spool if there is one. */
    public static KafkaOutlet to(
            KafkaSender sender,
            @Nullable Spool spool,
            SenderConfig config,
            HeartbeatConfig heartbeat,
            IngestMetrics metrics,
            InstantSource clock) {
        return new KafkaOutlet(sender, spool, config, heartbeat, metrics, clock);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to drain, and to send heartbeats. */
    public void start() {
        drainer.start();
        long every = heartbeats.every().toMillis();
        var unused = timer.scheduleAtFixedRate(this::beat, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<Void> deliver(List<OutRecord> records, boolean maySpool) {
        if (closed.getCount() == 0) {
            return CompletableFuture.failedFuture(new NotDurableException(Reason.CLOSING, "ingest is about to end"));
        }
        Spool store = spool;
        if (store == null || !maySpool) {
            return sendOnly(records);
        }
        if (!store.isEmpty() || !sender.ready()) {
            metrics.spooled(records.size());
            return store.append(records);
        }
        return new Race(records, store).run();
    }

    private CompletableFuture<Void> sendOnly(List<OutRecord> records) {
        if (!sender.ready()) {
            return CompletableFuture.failedFuture(away());
        }
        CompletableFuture<Void> result = new CompletableFuture<>();
        var unused = sender.send(records).whenComplete((ok, e) -> {
            if (e == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(away());
            }
        });
        return result;
    }

    private static NotDurableException away() {
        return new NotDurableException(Reason.KAFKA_AWAY, "Kafka does not take it");
    }

    /** Kafka's acknowledgement against patience; the first place where the records are safe decides. */
    private final class Race {
        private final List<OutRecord> records;
        private final Spool store;
        private final CompletableFuture<Void> safe = new CompletableFuture<>();
        private final AtomicBoolean spooled = new AtomicBoolean();

        Race(List<OutRecord> records, Spool store) {
            this.records = records;
            this.store = store;
        }

        CompletableFuture<Void> run() {
            CompletableFuture<Void> sent = sender.send(records);
            if (sent.isDone()) {
                settle(sent);
                return safe;
            }
            ScheduledFuture<?> impatience = timer.schedule(this::toSpool, patience.toMillis(), TimeUnit.MILLISECONDS);
            var unused = sent.whenComplete((ok, e) -> {
                impatience.cancel(false);
                settle(sent);
            });
            return safe;
        }

        private void settle(CompletableFuture<Void> sent) {
            if (sent.isCompletedExceptionally()) {
                toSpool();
            } else {
                safe.complete(null);
            }
        }

        private void toSpool() {
            if (safe.isDone() || !spooled.compareAndSet(false, true)) {
                return;
            }
            metrics.spooled(records.size());
            var unused = store.append(records).whenComplete((ok, e) -> {
                if (e == null) {
                    safe.complete(null);
                } else {
                    safe.completeExceptionally(e);
                }
            });
        }
    }

    @Override
    public void reading(Origin origin) {
        heartbeats.reading(origin);
    }

    @Override
    public void durable(Origin origin, List<Heard> heard, int records) {
        heartbeats.durable(origin, heard, records);
    }

    @Override
    public void refused(Origin origin) {
        heartbeats.refused(origin);
    }

    @Override
    public void heard(Heard heard) {
        heartbeats.heard(heard);
    }

    /** Says once which sources are heard, unless that might be wrong. */
    void beat() {
        try {
            Spool store = spool;
            if (sender.ready() && (store == null || store.isEmpty())) {
                heartbeats.send(sender);
            }
        } catch (RuntimeException e) {
            LOG.warn("cannot send heartbeats: {}", e.toString());
        }
    }

    private void drain() {
        Spool store = spool;
        while (store != null && closed.getCount() > 0) {
            try {
                boolean idle = store.isEmpty() || !sender.ready();
                if ((idle || !drainSome(store)) && closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("cannot drain the spool; it is tried again: {}", e.toString());
            }
        }
    }

    /** Sends the oldest of the spool and lets go of it; false if there was nothing, or Kafka did not take it. */
    private boolean drainSome(Spool store) throws IOException, InterruptedException {
        List<OutRecord> records = store.next(DRAINED_AT_ONCE);
        if (records.isEmpty()) {
            store.done();
            return false;
        }
        try {
            sender.send(records).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
        store.done();
        metrics.drained(records.size());
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
        drainer.interrupt();
        timer.shutdownNow();
        try {
            drainer.join(PAUSE.toMillis() * 10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
