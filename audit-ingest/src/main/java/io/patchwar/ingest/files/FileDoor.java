package io.patchwar.ingest.files;

import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows logs on disk. Each log has one batch under way at most, so that nothing is read ahead of what Kafka takes; places are
 * saved once that is durable, so that after any end of the process at most one batch of each log comes twice. One thread of its
 * own; one process per file of positions, which a lock sees to.
 */
public final class FileDoor implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(FileDoor.class);
    private static final Duration STOP = Duration.ofSeconds(30);

    /** Patterns are looked through for new files once in so many rounds without news. */
    private static final int ROUNDS_PER_LOOK = 10;

    private final FilesConfig config;
    private final Pipeline pipeline;
    private final FilesMetrics metrics;
    private final Positions positions;
    private final Places places;
    private final Departed departed;
    private final Problems problems = new Problems();
    private final Map<Path, LogTail> tails = new LinkedHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Check check = Check.ok("files", "not started");
    private volatile long behind;
    private @Nullable Thread thread;
    private int rounds;

    public FileDoor(FilesConfig config, Pipeline pipeline, IngestMetrics metrics) {
        this.config = config;
        this.pipeline = pipeline;
        this.metrics = new FilesMetrics(metrics);
        this.positions = new Positions(config.positions());
        this.places = new Places(positions);
        this.departed = new Departed(config.gone());
        config.logs().forEach(log -> this.metrics.follows(log.cluster()));
        this.metrics.behind(this, door -> door.behind);
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public void start() throws IOException {
        open();
        Thread follower = new Thread(this::follow, "files");
        follower.setDaemon(true);
        thread = follower;
        follower.start();
    }

    /** Takes the positions up, and for itself. */
    void open() throws IOException {
        positions.lock();
        places.load();
        look(true);
    }

    private void follow() {
        try {
            while (stopping.getCount() > 0) {
                if (!round()) {
                    var unused = stopping.await(config.poll().toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("following files ended by an error of our own", e);
            check = Check.failed("files", "ended by an error of its own, see the log; restart ingest");
        }
    }

    /** Looks at every log once; true if there may be more to read at once. */
    boolean round() throws InterruptedException {
        if (rounds++ % ROUNDS_PER_LOOK == 0) {
            try {
                look(false);
                forgetDeparted();
                problems.looked();
            } catch (IOException e) {
                problems.unlooked(e);
            }
        }
        List<LogTail.Pending> pending = new ArrayList<>();
        for (LogTail tail : tails.values()) {
            LogTail.Pending sent = read(tail);
            if (sent != null) {
                pending.add(sent);
            }
        }
        boolean progress = settle(pending);
        behind = tails.values().stream().mapToLong(LogTail::behind).sum();
        report();
        return progress;
    }

    /**
     * Finds the files that the configuration means, and takes up those that are new.
     *
     * @param first whether they may have been there before us
     */
    private void look(boolean first) throws IOException {
        for (LogConfig log : config.logs()) {
            boolean several = log.paths().size() > 1 || log.paths().stream().anyMatch(LiveLogs::isPattern);
            for (Path live : LiveLogs.of(log)) {
                if (!tails.containsKey(live)) {
                    // Files of one node are sources of their own: each alone is in order, and all together are not.
                    String source = several ? log.source() + ":" + live : log.source();
                    Origin origin = Origin.kept(log.cluster(), source, true);
                    FilesConfig.Start start = first ? log.start() : FilesConfig.Start.BEGINNING;
                    tails.put(live, new LogTail(live, origin, start, config, pipeline, metrics));
                }
            }
        }
    }

    /** Lets go of logs that a pattern named and that are deleted: there may be a new one every day. */
    private void forgetDeparted() throws IOException {
        for (LogTail tail : List.copyOf(tails.values())) {
            if (tail.isGone() && !isNamed(tail.live())) {
                tail.close();
                tails.remove(tail.live());
                problems.over(tail.live());
                places.forget(tail.live().toString());
            }
        }
        departed.of(places.without(tails.values())).forEach(places::forget);
    }

    /** Whether the configuration names this very file, which then is waited for for ever. */
    private boolean isNamed(Path live) {
        return config.logs().stream()
                .flatMap(log -> log.paths().stream())
                .anyMatch(path -> !LiveLogs.isPattern(path)
                        && Path.of(path).toAbsolutePath().equals(live));
    }

    private LogTail.@Nullable Pending read(LogTail tail) {
        try {
            LogTail.Pending sent = isTakenUp(tail) ? tail.read() : null;
            problems.over(tail.live());
            return sent;
        } catch (IOException e) {
            metrics.failed(tail.origin().cluster());
            problems.unread(tail.live(), e);
            giveUpIfDamaged(tail, e);
            return null;
        }
    }

    private static void giveUpIfDamaged(LogTail tail, IOException cause) {
        try {
            tail.failed(cause);
        } catch (IOException e) {
            LOG.debug("passing {} over", tail.live(), e);
        }
    }

    /** Goes on with a log, or meets it; false if that has to wait: nothing is read before its place is saved. */
    private boolean isTakenUp(LogTail tail) throws IOException {
        Place saved = places.of(tail.live());
        if (tail.place() != null) {
            return saved != null || save();
        }
        if (saved != null) {
            tail.resume(saved);
            return true;
        }
        return tail.meet() && save();
    }

    /** Waits for what was sent off, and saves how far that goes. */
    private boolean settle(List<LogTail.Pending> pending) throws InterruptedException {
        boolean progress = false;
        Duration pause = Duration.ZERO;
        for (LogTail.Pending sent : pending) {
            Duration wait = await(sent);
            if (wait == null) {
                sent.tail().acknowledged(sent);
                progress = true;
            } else if (wait.compareTo(pause) > 0) {
                pause = wait;
            }
        }
        boolean saved = save();
        if (!pause.isZero() || !saved) {
            var unused =
                    stopping.await(pause.isZero() ? config.poll().toMillis() : pause.toMillis(), TimeUnit.MILLISECONDS);
        }
        return progress;
    }

    /** Null once it is durable; else how long to wait before it is sent off again. */
    private @Nullable Duration await(LogTail.Pending sent) throws InterruptedException {
        long deadline = System.nanoTime() + config.patience().toNanos();
        while (stopping.getCount() > 0 && System.nanoTime() - deadline < 0) {
            try {
                sent.durable().get(100, TimeUnit.MILLISECONDS);
                return null;
            } catch (TimeoutException e) {
                // Not yet; and somebody may want this to end.
            } catch (ExecutionException e) {
                if (e.getCause() instanceof NotDurableException reason) {
                    return reason.retryAfter();
                }
                LOG.warn(
                        "{} could not be sent on, and is tried again",
                        sent.tail().live(),
                        e.getCause());
                return config.poll();
            }
        }
        // It may still become durable; then it comes twice.
        return config.poll();
    }

    private boolean save() {
        try {
            places.save(tails.values());
            problems.over(positions.file());
            return true;
        } catch (IOException e) {
            problems.unsaved(positions.file(), e);
            return false;
        }
    }

    private void report() {
        long absent = tails.values().stream()
                .filter(tail -> tail.place() == null || tail.isGone())
                .count();
        String problem = problems.first();
        if (problem != null) {
            check = Check.failed("files", problem);
        } else if (tails.isEmpty() || absent == tails.size()) {
            check = Check.failed(
                    "files", "none of the files is there; check the paths, or wait for the API server to write");
        } else {
            check = Check.ok("files", tails.size() + " followed, " + behind + " bytes behind");
        }
    }

    @Override
    public Check check() {
        return check;
    }

    @Override
    public void close() {
        stopping.countDown();
        Thread follower = thread;
        try {
            if (follower != null) {
                follower.join(STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (LogTail tail : tails.values()) {
            tail.close();
        }
        try {
            positions.close();
        } catch (IOException e) {
            LOG.debug("giving the lock back", e);
        }
    }
}
