package io.patchwar.ingest.files;

import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final Map<Path, LogTail> tails = new LinkedHashMap<>();
    private final Map<String, Place> places = new TreeMap<>();
    private final Departed departed;
    private final Set<String> forgotten = new HashSet<>();
    private final Map<Path, String> problems = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Check check = Check.ok("files", "not started");
    private volatile long behind;
    private @Nullable FileChannel lockFile;
    private @Nullable Thread thread;
    private int rounds;

    public FileDoor(FilesConfig config, Pipeline pipeline, IngestMetrics metrics) {
        this.config = config;
        this.pipeline = pipeline;
        this.metrics = new FilesMetrics(metrics);
        this.positions = new Positions(config.positions());
        this.departed = new Departed(config.gone());
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
        Path directory = config.positions().toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        lock();
        places.putAll(positions.load());
        look(true);
    }

    /** Two processes that save places over each other would lose lines. The system takes the lock back however this one ends. */
    private void lock() throws IOException {
        Path path = config.positions().resolveSibling(config.positions().getFileName() + ".lock");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // By this very process; it is as taken as by another.
        }
        if (lock == null) {
            channel.close();
            throw new IOException(
                    config.positions() + " is in use by another process; give each a file of positions of its own");
        }
        lockFile = channel;
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
            } catch (IOException e) {
                LOG.warn("cannot look for new files: {}", e.toString());
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
                problems.remove(tail.live());
                forgotten.add(tail.live().toString());
            }
        }
        Set<String> unfollowed = new HashSet<>(places.keySet());
        tails.keySet().forEach(live -> unfollowed.remove(live.toString()));
        unfollowed.removeAll(forgotten);
        forgotten.addAll(departed.of(unfollowed));
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
            if (tail.place() == null && !takeUp(tail)) {
                problems.remove(tail.live());
                return null;
            }
            LogTail.Pending sent = tail.read();
            problems.remove(tail.live());
            return sent;
        } catch (IOException e) {
            metrics.failed(tail.origin().cluster());
            String told = e instanceof AccessDeniedException denied
                    ? "not allowed to read " + denied.getFile() + "; audit logs are often readable for root alone"
                    : String.valueOf(e);
            if (!told.equals(problems.put(tail.live(), told))) {
                LOG.warn("cannot read {}: {}", tail.live(), told);
            }
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

    /** Goes on with a log, or meets it; false if that has to wait. */
    private boolean takeUp(LogTail tail) throws IOException {
        Place place = places.get(tail.live().toString());
        if (place != null) {
            tail.resume(place);
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
        Map<String, Place> now = new TreeMap<>(places);
        now.keySet().removeAll(forgotten);
        for (LogTail tail : tails.values()) {
            Place place = tail.place();
            if (place != null) {
                now.put(tail.live().toString(), place);
            }
        }
        if (now.equals(places)) {
            forgotten.clear();
            return true;
        }
        try {
            positions.save(now);
            places.keySet().retainAll(now.keySet());
            places.putAll(now);
            forgotten.clear();
            problems.remove(config.positions());
            return true;
        } catch (IOException e) {
            if (problems.put(config.positions(), "cannot save positions: " + e) == null) {
                LOG.warn("cannot save positions, so that after a restart more would come twice: {}", e.toString());
            }
            return false;
        }
    }

    private void report() {
        long absent = tails.values().stream()
                .filter(tail -> tail.place() == null || tail.isGone())
                .count();
        if (!problems.isEmpty()) {
            Map.Entry<Path, String> first = problems.entrySet().iterator().next();
            check = Check.failed("files", first.getKey() + ": " + first.getValue());
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
        FileChannel lock = lockFile;
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.debug("giving the lock back", e);
        }
    }
}
