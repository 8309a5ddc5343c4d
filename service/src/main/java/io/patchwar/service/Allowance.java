package io.patchwar.service;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** So many of something may happen in an interval of wall-clock time; the first one after it begins the next. Thread-safe. */
public final class Allowance {
    private final long most;
    private final Duration interval;
    private @Nullable Instant began;
    private long used;

    /**
     * @param most in an interval, 0 for none at all
     */
    public Allowance(long most, Duration interval) {
        this.most = most;
        this.interval = interval;
    }

    /** Takes one out; how many are left, negative if there was none. A clock that is put back begins an interval, too. */
    public synchronized long take(Instant now) {
        Instant since = began;
        if (since == null || now.isBefore(since) || !now.isBefore(since.plus(interval))) {
            began = now;
            used = 0;
        }
        used++;
        return most - used;
    }
}
