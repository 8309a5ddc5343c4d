package io.patchwar.processor.alerting;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of an Alertmanager, with what waits for it and a thread that carries it there: one that is slow or away delays
 * nobody else. Thread-safe.
 */
final class Peer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    private static final int BATCH = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final String name;
    private final Outbox outbox;
    private final Post post;
    private final Courier courier;
    private final TargetMeters meters;
    private final Consumer<List<Alert>> accepted;
    private final Thread thread;
    private volatile @Nullable PostResult last;

    Peer(
            AlertmanagerSettings target,
            InetAddress address,
            int capacity,
            Post post,
            TargetMeters meters,
            Consumer<List<Alert>> accepted) {
        this.name = target.url() + " (" + address.getHostAddress() + ")";
        this.outbox = new Outbox(capacity);
        this.post = post;
        this.courier = new Courier(post, meters);
        this.meters = meters;
        this.accepted = accepted;
        this.thread = new Thread(this::run, "alertmanager-" + address.getHostAddress());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void offer(List<Alert> alerts) {
        int dropped = outbox.put(alerts);
        if (dropped > 0) {
            meters.full(dropped);
        }
    }

    int waiting() {
        return outbox.size();
    }

    /** The last answer; null before the first. */
    @Nullable
    PostResult last() {
        return last;
    }

    @Override
    public String toString() {
        return name;
    }

    private void run() {
        try {
            while (!outbox.isDone()) {
                List<Alert> batch = outbox.take(BATCH, PATIENCE);
                if (!batch.isEmpty()) {
                    carry(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            post.close();
        }
    }

    private void carry(List<Alert> batch) throws InterruptedException {
        try {
            Courier.Result result = courier.deliver(batch);
            tell(result.last());
            if (!result.accepted().isEmpty()) {
                accepted.accept(result.accepted());
            }
        } catch (RuntimeException e) {
            // One batch must not end the thread that all later alerts need.
            meters.failed(batch.size());
            LOG.error("{}: an error of Patchwar's own", name, e);
        }
    }

    /** Says it when it begins to fail and when it works again, and is silent in between. */
    private void tell(PostResult posted) {
        PostResult before = last;
        last = posted;
        boolean worked = before == null || before.isAccepted() || before.isAboutContent();
        if (!posted.isAccepted() && !posted.isAboutContent() && worked) {
            LOG.warn("{} does not take alerts: {}; they are repeated", name, posted);
        } else if (posted.isAccepted() && !worked) {
            LOG.info("{} takes alerts again", name);
        }
    }

    /** Sends what waits, if that is done soon, and stops. */
    @Override
    public void close() {
        outbox.close();
        boolean interrupted = false;
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(FAREWELL.toNanos()));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        thread.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
