package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The last few times that something happened: enough to ask whether it happened so often within a span. */
final class RecentTimes {
    private final Deque<Instant> times = new ArrayDeque<>(1);

    void add(Instant time, int remembered) {
        times.addLast(time);
        while (times.size() > remembered) {
            times.removeFirst();
        }
    }

    /** Whether there were {@code count} within the span that ends at {@code now}; as many must be remembered. */
    boolean reached(int count, Duration span, Instant now) {
        if (times.size() < count) {
            return false;
        }
        int skip = times.size() - count;
        for (Instant time : times) {
            if (skip-- == 0) {
                return !time.isBefore(now.minus(span));
            }
        }
        return false;
    }

    /** The oldest that is remembered. */
    @Nullable
    Instant first() {
        return times.peekFirst();
    }

    void clear() {
        times.clear();
    }

    void write(StateWriter out) {
        out.list(times, out::time);
    }

    void read(StateReader in) {
        in.list(in::time, times::addLast);
    }
}
