package io.patchwar.model;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often something happened, or how much of it, in the last ten minutes, by the minute. Mutable; one thread. */
public final class RecentCounts {
    private static final int MINUTES = Minutes.COUNT;

    private static final int[] NONE = {};

    private int[] counts = NONE;
    private long newest = Long.MIN_VALUE;

    /** Once more. */
    public void add(Instant time) {
        add(time, 1);
    }

    /** So much more of it; what does not fit an int any more (two gigabytes in one minute) stays at the most there is. */
    public void add(Instant time, int amount) {
        if (counts.length == 0) {
            counts = new int[MINUTES];
        }
        long minute = time.getEpochSecond() / 60;
        if (newest == Long.MIN_VALUE || minute - newest >= MINUTES) {
            Arrays.fill(counts, 0);
            newest = minute;
        }
        while (newest < minute) {
            newest++;
            counts[place(newest)] = 0;
        }
        if (newest - minute < MINUTES) {
            counts[place(minute)] = (int) Math.min(Integer.MAX_VALUE, (long) counts[place(minute)] + amount);
        }
    }

    /** Of the ten minutes that end at {@code now}. */
    public int sum(Instant now) {
        long minute = now.getEpochSecond() / 60;
        int sum = 0;
        for (long m = Math.max(newest - MINUTES + 1, minute - MINUTES + 1); counts.length > 0 && m <= newest; m++) {
            sum += counts[place(m)];
        }
        return sum;
    }

    /** As a value. */
    public Minutes minutes() {
        if (counts.length == 0) {
            return Minutes.NONE;
        }
        List<Long> seen = new ArrayList<>(MINUTES);
        for (long m = newest - MINUTES + 1; m <= newest; m++) {
            seen.add((long) counts[place(m)]);
        }
        return new Minutes(Instant.ofEpochSecond(newest * 60), seen);
    }

    private static int place(long minute) {
        return (int) Math.floorMod(minute, (long) MINUTES);
    }

    public void write(StateWriter out) {
        int some = 0;
        for (int i = 0; i < counts.length; i++) {
            some |= counts[i] == 0 ? 0 : 1 << i;
        }
        out.number(some);
        if (some != 0) {
            out.signed(newest);
            for (int count : counts) {
                if (count != 0) {
                    out.number(count);
                }
            }
        }
    }

    /** Takes over what {@link #write} wrote. */
    public void read(StateReader in) {
        int some = in.number((1 << MINUTES) - 1);
        if (some == 0) {
            return;
        }
        counts = new int[MINUTES];
        newest = in.signed();
        for (int i = 0; i < MINUTES; i++) {
            counts[i] = (some & (1 << i)) == 0 ? 0 : in.number(Integer.MAX_VALUE);
        }
    }
}
