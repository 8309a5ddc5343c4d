package io.patchwar.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One cluster's own time, moved by its events. */
final class ClusterClock {
    private final String cluster;
    private Instant now = Instant.EPOCH;
    private @Nullable Instant ticked;
    private Instant judged = Instant.EPOCH;

    ClusterClock(String cluster) {
        this.cluster = cluster;
    }

    String cluster() {
        return cluster;
    }

    void heard(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    /** The newest stamp heard. */
    Instant now() {
        return now;
    }

    /** The write that was judged last, before this one. */
    Instant judges(Instant time) {
        Instant before = judged;
        judged = time.isAfter(before) ? time : before;
        return before;
    }

    /** Whether so much time has passed since this last said yes. */
    boolean ticks(Instant time, Duration every) {
        Instant before = ticked;
        if (before == null || Passed.atLeast(every, before, time)) {
            ticked = time;
            return before != null;
        }
        return false;
    }
}
