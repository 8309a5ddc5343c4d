package io.patchwar.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One cluster's own time, moved by its events, and how much it wrote lately. */
final class ClusterClock {
    private static final int MINUTES = 10;

    private Instant now = Instant.EPOCH;
    private @Nullable Instant ticked;
    private final int[] writes = new int[MINUTES];
    private long newest = Long.MIN_VALUE / 2;

    void heard(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    /** The newest stamp heard. */
    Instant now() {
        return now;
    }

    /** Whether so much time has passed since this last said yes. */
    boolean ticks(Instant time, Duration every) {
        Instant before = ticked;
        if (before == null || !time.isBefore(before.plus(every))) {
            ticked = time;
            return before != null;
        }
        return false;
    }

    void wrote(Instant time) {
        long minute = time.getEpochSecond() / 60;
        if (minute > newest) {
            if (minute - newest >= MINUTES) {
                Arrays.fill(writes, 0);
            } else {
                for (long m = newest + 1; m <= minute; m++) {
                    writes[(int) Math.floorMod(m, (long) MINUTES)] = 0;
                }
            }
            newest = minute;
        }
        if (newest - minute < MINUTES) {
            writes[(int) Math.floorMod(minute, (long) MINUTES)]++;
        }
    }

    /** Writes that changed something, in the ten minutes that end then. */
    int writesLately(Instant time) {
        long minute = time.getEpochSecond() / 60;
        int sum = 0;
        for (long m = Math.max(newest, minute) - MINUTES + 1; m <= newest; m++) {
            sum += writes[(int) Math.floorMod(m, (long) MINUTES)];
        }
        return sum;
    }
}
