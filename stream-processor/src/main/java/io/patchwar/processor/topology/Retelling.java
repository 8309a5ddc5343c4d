package io.patchwar.processor.topology;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a partition that was taken up from telling what was told already. Waits for what that is only when there is something to
 * tell, and never for long: telling it again is a nuisance, not telling it would be a loss. One thread.
 */
final class Retelling {
    private static final Logger LOG = LoggerFactory.getLogger(Retelling.class);

    private final long deadline;
    private @Nullable CompletableFuture<Told> looked;

    /**
     * @param looked for what was told
     * @param patience with that, from now on: a thread that took up many partitions waits no longer than for one
     */
    Retelling(CompletableFuture<Told> looked, Duration patience) {
        this.looked = looked;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** Whether this update, found by the record at that offset, stands in its topic already. */
    boolean isTold(byte[] id, byte[] update, long offset) {
        Told told = told();
        passed(offset);
        return looked != null && told.retells(id, update);
    }

    /** So far has it read. */
    void passed(long offset) {
        if (looked != null && looked.isDone() && told().isNew(offset)) {
            looked = null;
        }
    }

    /** What was told; nothing if that is not known in time: behind what was told again, nothing may be kept back. */
    private Told told() {
        CompletableFuture<Told> asked = looked;
        if (asked == null) {
            return Told.NOTHING;
        }
        try {
            return asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            looked = null;
            LOG.warn("what was told already is not known in time; updates since the last commit may be told again");
        } catch (ExecutionException e) {
            looked = null;
            LOG.warn("what was told already cannot be read; updates since the last commit may be told again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Told.NOTHING;
    }
}
