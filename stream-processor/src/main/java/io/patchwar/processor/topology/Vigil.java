package io.patchwar.processor.topology;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.TaskMigratedException;

/**
 * Notices that this process slept: whoever is not heard for a session loses its partitions to others, and must not go on to
 * write state over theirs when it wakes up (a stopped process, a paused virtual machine). A tick each second keeps the vigil
 * while all is well. One thread keeps it, any may ask.
 */
final class Vigil {
    private final Duration session;
    private final LongSupplier nanos;
    private volatile long awake;

    /**
     * @param nanos a clock as {@link System#nanoTime}
     */
    Vigil(Duration session, LongSupplier nanos) {
        this.session = session;
        this.nanos = nanos;
        this.awake = nanos.getAsLong();
    }

    /**
     * Says that the thread is at work.
     *
     * @throws TaskMigratedException if it was not for longer than a session: Streams gives the partition back and joins anew
     */
    void keep() {
        long now = nanos.getAsLong();
        if (now - awake > session.toNanos()) {
            throw new TaskMigratedException(
                    "nothing was done here for " + Duration.ofNanos(now - awake).toMillis()
                            + " ms, longer than a session: others may have this partition by now");
        }
        awake = now;
    }

    /** How long nothing was done here, as of now. */
    Duration still() {
        return Duration.ofNanos(Math.max(0, nanos.getAsLong() - awake));
    }
}
