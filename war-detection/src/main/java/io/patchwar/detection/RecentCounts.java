package io.patchwar.detection;

import java.time.Instant;

/** How often something happened in the last ten minutes, by the minute. */
final class RecentCounts {
    private static final int MINUTES = 10;

    private int[] counts = new int[0];
    private long newest = Long.MIN_VALUE;

    void add(Instant time) {
        if (counts.length == 0) {
            counts = new int[MINUTES];
        }
        long minute = time.getEpochSecond() / 60;
        if (newest == Long.MIN_VALUE || minute - newest >= MINUTES) {
            java.util.Arrays.fill(counts, 0);
            newest = minute;
        }
        while (newest < minute) {
            newest++;
            counts[(int) Math.floorMod(newest, (long) MINUTES)] = 0;
        }
        if (newest - minute < MINUTES) {
            counts[(int) Math.floorMod(minute, (long) MINUTES)]++;
        }
    }

    /** Of the ten minutes that end at {@code now}. */
    int sum(Instant now) {
        long minute = now.getEpochSecond() / 60;
        int sum = 0;
        for (long m = Math.max(newest - MINUTES + 1, minute - MINUTES + 1); counts.length > 0 && m <= newest; m++) {
            sum += counts[(int) Math.floorMod(m, (long) MINUTES)];
        }
        return sum;
    }
}
