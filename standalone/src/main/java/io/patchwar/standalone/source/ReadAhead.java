package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads open logs ahead: frames each in its order, parses the chunks on any thread, and gives each log's batches out in order
 * again. The thread that takes them parses along when it would have to wait. Whatever else is to be done with what was read, all
 * these threads do first. All hand-over is by the chunk, under one lock;
 * how much is read ahead is bounded.
 */
final class ReadAhead implements AutoCloseable {
    private static final int MOST_AHEAD = 8;

    /** Buffers that batches may keep until all their writes are judged; beyond, the bodies are copied. */
    private static final int MOST_LENT = 128;

    /** A batch that needs less than this part of its buffer has its bodies copied, too. */
    private static final int WORTH_LENDING = 8;

    private final SourceOptions options;
    private final int chunkBytes;
    private final Judging judging;
    private final AuditReader reader;
    private final List<Thread> workers = new ArrayList<>();
    private final List<LogStream> open = new ArrayList<>();
    private final Deque<byte[]> buffers = new ArrayDeque<>();
    private final Deque<Lent> lent = new ArrayDeque<>();
    private final Semaphore lends = new Semaphore(MOST_LENT);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Throwable failure;
    private boolean closed;
    private long changes;

    /** A buffer that is needed until so many writes are judged. */
    @SuppressWarnings("ArrayRecordComponent") // Lent and given back, never compared.
    private record Lent(byte[] buffer, long until) {}

    /** @param judging what is done before anything is read ahead */
    ReadAhead(SourceOptions options, int chunkBytes, Judging judging) {
        this.options = options;
        this.judging = judging;
        this.chunkBytes = chunkBytes;
        this.reader = newReader();
        for (int i = 1; i < options.threads(); i++) {
            Thread worker = new Thread(this::work, "parse-" + i);
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
    }

    private AuditReader newReader() {
        return new AuditReader(options.cluster(), options.scope());
    }

    /** From now on the log is read ahead. */
    void add(LogStream log) {
        lock.lock();
        try {
            open.add(log);
            change();
        } finally {
            lock.unlock();
        }
    }

    /** The log's next batch; null after its last, when the log is no longer read ahead. */
    @Nullable
    Batch take(LogStream log) {
        lock.lock();
        try {
            while (true) {
                rethrow();
                LogStream.Stretch first = log.ahead.peek();
                Batch batch = first == null ? null : first.batch();
                if (batch != null) {
                    log.ahead.remove();
                    change();
                    return batch;
                }
                if (first == null && log.ended) {
                    open.remove(log);
                    return null;
                }
                if (judgedSome()) {
                    continue;
                }
                LogStream mine = first == null && !log.framing ? log : mostWanting();
                if (mine != null) {
                    readChunk(mine, reader);
                } else {
                    await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        AuditReader own = newReader();
        lock.lock();
        try {
            while (!closed) {
                if (judgedSome()) {
                    continue;
                }
                LogStream log = mostWanting();
                if (log != null) {
                    readChunk(log, own);
                } else {
                    await();
                }
            }
        } catch (Throwable e) {
            // Whoever takes batches must not wait for one that never comes.
            failure = e;
            change();
        } finally {
            lock.unlock();
        }
    }

    /** All of the batch was told; its buffer is read into again once its writes are judged. */
    void told(Batch batch) {
        byte[] borrowed = batch.borrowed();
        if (borrowed != null) {
            lent.add(new Lent(borrowed, judging.taken()));
        }
        long judged = judging.judged();
        while (!lent.isEmpty() && lent.getFirst().until() <= judged) {
            byte[] back = lent.removeFirst().buffer();
            lends.release();
            lock.lock();
            try {
                buffers.add(back);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Holds the lock before and after, but not meanwhile. */
    private boolean judgedSome() {
        lock.unlock();
        try {
            return judging.judgeSome();
        } finally {
            lock.lock();
        }
    }

    /** The log of which least was read ahead; null if enough was of all. */
    private @Nullable LogStream mostWanting() {
        LogStream least = null;
        int most = Math.max(2, MOST_AHEAD / Math.max(1, open.size()));
        for (LogStream log : open) {
            if (!log.framing
                    && !log.ended
                    && log.ahead.size() < most
                    && (least == null || log.ahead.size() < least.ahead.size())) {
                least = log;
            }
        }
        return least;
    }

    /** Frames the log's next chunk and parses it; holds the lock before and after, but not meanwhile. */
    private void readChunk(LogStream log, AuditReader own) {
        log.framing = true;
        byte[] buffer = buffers.poll();
        lock.unlock();
        Chunk chunk = null;
        byte @Nullable [] used = buffer == null ? new byte[chunkBytes] : buffer;
        try {
            chunk = log.framer.next(used);
        } finally {
            lock.lock();
            log.framing = false;
            log.ended = chunk == null;
            change();
        }
        if (chunk != null) {
            log.anything = true;
            LogStream.Stretch stretch = new LogStream.Stretch();
            log.ahead.add(stretch);
            lock.unlock();
            Batch batch = null;
            try {
                batch = Batch.of(chunk, log.file.name(), own, options.witness());
                if (chunk.bytes == used && batch.hasEvents()) {
                    if (batch.bodyBytes() > used.length / WORTH_LENDING && lends.tryAcquire()) {
                        batch.borrow(used);
                        used = null;
                    } else {
                        batch.detach();
                    }
                }
            } finally {
                lock.lock();
                stretch.parsed(batch);
            }
        }
        if (used != null) {
            buffers.add(used);
        }
        change();
    }

    /** Something changed that somebody may wait for. */
    private void change() {
        changes++;
        changed.signalAll();
    }

    /** Waits for a change; a bounded time, should one not have been told of. */
    private void await() {
        long seen = changes;
        long nanos = TimeUnit.SECONDS.toNanos(1);
        try {
            while (changes == seen && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        }
    }

    private void rethrow() {
        if (failure != null) {
            throw new IllegalStateException("a parsing thread failed", failure);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            for (LogStream log : open) {
                if (!log.framing) {
                    log.close();
                }
            }
            change();
        } finally {
            lock.unlock();
        }
    }
}
