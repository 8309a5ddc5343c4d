package io.patchwar.ingest.spool;

import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.service.health.Check;
import io.patchwar.settings.Amounts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk, first in, first out. Appends of many callers are written and synced together; one reader takes them out
 * again, and what it has let go of is deleted segment by segment. After a crash the first segment may be handed out again
 * from a little earlier. {@link #append} and the questions are thread-safe; {@link #next} and {@link #done} are one thread's.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long MOST_QUEUED = 64 << 20;
    private static final long MOST_AT_ONCE = 16 << 20;

    private final SpoolConfig config;
    private final SpoolDisk disk;
    private final @Nullable AutoCloseable owned;
    private final SpoolLog log;
    private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong refusedFull = new AtomicLong();
    private final AtomicLong refusedDisk = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;
    private volatile @Nullable String trouble;

    private record Append(ByteBuffer frame, Instant first, CompletableFuture<Void> durable) {}

    private Spool(SpoolConfig config, SpoolDisk disk, @Nullable AutoCloseable owned) throws IOException {
        this.config = config;
        this.disk = disk;
        this.owned = owned;
        this.log = SpoolLog.open(disk, config.segmentBytes());
        frames.set(log.frames());
        this.writer = new Thread(this::write, "spool-writer");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Opens the spool and finds what an earlier process left in it.
     *
     * @throws IOException if the folder cannot be used
     */
    public static Spool open(SpoolConfig config) throws IOException {
        SpoolFolder folder = SpoolFolder.take(config.folder());
        try {
            return new Spool(config, folder, folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    static Spool on(SpoolDisk disk, SpoolConfig config) throws IOException {
        return new Spool(config, disk, null);
    }

    /** Takes records over; completes when they are on disk, fails with {@link NotDurableException} if they are not. */
    public CompletableFuture<Void> append(List<OutRecord> records) {
        if (closed) {
            return refused(Reason.CLOSING, "the spool is closed");
        }
        ByteBuffer frame = SpoolFrame.of(records);
        int length = frame.remaining();
        if (log.bytes() + queuedBytes.get() + length > config.capacity()) {
            refusedFull.incrementAndGet();
            return refused(Reason.SPOOL_FULL, "the spool is full (" + Amounts.text(config.capacity()) + ")");
        }
        if (queuedBytes.addAndGet(length) > MOST_QUEUED) {
            queuedBytes.addAndGet(-length);
            refusedDisk.incrementAndGet();
            return refused(Reason.SPOOL_DISK, "the spool's disk is too slow");
        }
        // Counted before it is written, so that nobody thinks the spool empty and overtakes it.
        frames.incrementAndGet();
        Append append = new Append(frame, records.get(0).time(), new CompletableFuture<>());
        queue.add(append);
        return append.durable();
    }

    private static CompletableFuture<Void> refused(Reason reason, String detail) {
        return CompletableFuture.failedFuture(new NotDurableException(reason, detail));
    }

    private void write() {
        List<Append> group = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                Append first = queue.poll(200, TimeUnit.MILLISECONDS);
                log.retire(frames.get() == 0);
                if (first == null) {
                    continue;
                }
                long bytes = 0;
                for (Append next = first; next != null; next = bytes < MOST_AT_ONCE ? queue.poll() : null) {
                    group.add(next);
                    bytes += next.frame().remaining();
                }
                writeGroup(group);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                trouble = "cannot delete what was drained: " + e.getMessage();
            } finally {
                group.clear();
            }
        }
    }

    private void writeGroup(List<Append> group) {
        long before = group.stream().mapToLong(a -> a.frame().remaining()).sum();
        try {
            for (Append append : group) {
                log.append(append.frame(), append.first());
            }
            log.commit(config.sync());
            queuedBytes.addAndGet(-before);
            trouble = null;
            group.forEach(append -> append.durable().complete(null));
        } catch (IOException e) {
            log.rollBack();
            queuedBytes.addAndGet(-before);
            frames.addAndGet(-group.size());
            refusedDisk.addAndGet(group.size());
            trouble = "the disk takes no more: " + e.getMessage();
            LOG.warn("the spool's disk takes no more: {}", e.getMessage());
            NotDurableException reason = new NotDurableException(Reason.SPOOL_DISK, "the spool's disk takes no more");
            group.forEach(append -> append.durable().completeExceptionally(reason));
        }
    }

    /** Whether nothing is in it, nor on its way in. */
    public boolean isEmpty() {
        return frames.get() == 0;
    }

    /**
     * The oldest records, of about that many packed bytes; the same ones again until {@link #done}. Empty if there are none.
     *
     * @throws IOException if the disk cannot be read
     */
    public List<OutRecord> next(int most) throws IOException {
        int lostBefore = log.lostFrames();
        List<OutRecord> records = log.next(most);
        frames.addAndGet(lostBefore - log.lostFrames());
        return records;
    }

    /** The records that {@link #next} handed out last are safe elsewhere. */
    public void done() {
        frames.addAndGet(-log.done());
    }

    /** Bytes on disk. */
    public long bytes() {
        return log.bytes();
    }

    public long capacity() {
        return config.capacity();
    }

    /** When the oldest of it came in; null if it is empty. */
    public @Nullable Instant oldest() {
        return isEmpty() ? null : log.oldest();
    }

    /** How many appends were refused because it was full. */
    public long refusedFull() {
        return refusedFull.get();
    }

    /** How many appends were refused because the disk was. */
    public long refusedDisk() {
        return refusedDisk.get();
    }

    /** How many bytes were found damaged and put aside or left out. */
    public long damagedBytes() {
        return log.damagedBytes();
    }

    /** Whether it can take anything. */
    public Check check() {
        String why = trouble;
        if (why != null) {
            return Check.failed("spool", why + "; free some space in " + config.folder());
        }
        if (bytes() >= config.capacity() - config.capacity() / 20) {
            return Check.failed(
                    "spool",
                    "full: " + Amounts.text(config.capacity())
                            + " wait for Kafka; senders are asked to come back. Bring Kafka back, or give spool.size more");
        }
        return Check.ok("spool", isEmpty() ? "empty" : Amounts.text(bytes()) + " wait for Kafka");
    }

    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
            for (Append left = queue.poll(); left != null; left = queue.poll()) {
                left.durable().completeExceptionally(new NotDurableException(Reason.CLOSING, "the spool is closed"));
            }
            log.close();
            if (owned != null) {
                owned.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("cannot close the spool: {}", e.getMessage());
        }
    }

    SpoolDisk disk() {
        return disk;
    }
}
