package io.patchwar.detection;

import io.patchwar.model.state.CorruptStateException;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes of one instance with nobody else's between them. */
final class Streak {
    /** More than any rule should ask for; a bound for what is read back. */
    private static final int MOST_TIMES = 1 << 16;

    private static final long[] NONE = {};

    private long[] times = NONE;
    private @Nullable Mark first;
    private @Nullable Mark last;
    private long length;

    /**
     * Takes the next write in; somebody else's begins anew.
     *
     * @param remembered how many times are remembered, 0 for none
     */
    void add(Mark mark, int remembered) {
        Mark before = last;
        if (before == null || before.differsFrom(mark)) {
            first = mark;
            length = 0;
        }
        last = mark;
        if (remembered > 0) {
            if (length == times.length && times.length < remembered) {
                times = Arrays.copyOf(times, Math.min(remembered, Math.max(4, times.length * 2)));
            }
            times[(int) (length % times.length)] = mark.millis();
        }
        length++;
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

    /** The last write, whosever it was; null before the first. */
    @Nullable
    Mark last() {
        return last;
    }

    /** Whether that write is all there is of it. */
    boolean isNoneBut(Mark mark) {
        return length == 1 && last != null && last.sequence() == mark.sequence();
    }

    long length() {
        return length;
    }

    /** Whether its last {@code count} writes lie within the span that ends at {@code now}; as many must be remembered. */
    boolean reached(int count, Duration span, Instant now) {
        if (length < count || times.length < count) {
            return false;
        }
        long oldest = times[(int) ((length - count) % times.length)];
        return oldest >= now.minus(span).toEpochMilli();
    }

    void write(StateWriter out) {
        Mark.writeMaybe(first, out);
        Mark.writeMaybe(last, out);
        out.number(length);
        out.number(times.length);
        long before = 0;
        for (long i = length - remembered(); i < length; i++) {
            long time = times[(int) (i % times.length)];
            out.signed(time - before);
            before = time;
        }
    }

    void read(StateReader in) {
        first = Mark.readMaybe(in);
        last = Mark.readMaybe(in);
        length = in.number();
        times = new long[in.number(MOST_TIMES)];
        long time = 0;
        if (length < 0) {
            throw new CorruptStateException("a streak of " + length);
        }
        for (long i = length - remembered(); i < length; i++) {
            time += in.signed();
            times[(int) (i % times.length)] = time;
        }
    }

    private long remembered() {
        return Math.min(length, times.length);
    }
}
