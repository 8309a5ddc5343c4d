package io.patchwar.detection;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes of one instance with nobody else's between them. */
final class Streak {
    private long[] times = new long[4];
    private int next;
    private @Nullable Mark first;
    private @Nullable Mark last;
    private long length;

    void add(Mark mark, int remembered) {
        Mark before = last;
        if (before == null || before.differsFrom(mark)) {
            first = mark;
            length = 0;
            next = 0;
        }
        last = mark;
        length++;
        if (next == times.length && times.length < remembered) {
            times = java.util.Arrays.copyOf(times, Math.min(remembered, times.length * 2));
        }
        times[next % times.length] = mark.time().toEpochMilli();
        next = next + 1 == 2 * times.length && times.length >= remembered ? times.length : next + 1;
    }

    /** Sequence of its first write. */
    long begin() {
        return first == null ? 0 : first.sequence();
    }

    Mark first() {
        if (first == null) {
            throw new IllegalStateException("no write yet");
        }
        return first;
    }

    long length() {
        return length;
    }

    /** Whether its last {@code count} writes lie within the span that ends at {@code now}; as many must be remembered. */
    boolean reached(int count, Duration span, Instant now) {
        if (length < count) {
            return false;
        }
        int oldest = Math.floorMod(next - count, times.length);
        return times[oldest] >= now.minus(span).toEpochMilli();
    }
}
