package io.patchwar.watch;

import java.time.Duration;
import java.time.Instant;

/** Questions about the time between two stamps that are asked for every write, answered without making further stamps. */
final class Passed {
    private static final long NANOS = 1_000_000_000;

    private Passed() {}

    /** Whether {@code to} is more than the span after {@code from}. */
    static boolean moreThan(Duration span, Instant from, Instant to) {
        return compare(span, from, to) > 0;
    }

    /** Whether {@code to} is at least the span after {@code from}. */
    static boolean atLeast(Duration span, Instant from, Instant to) {
        return compare(span, from, to) >= 0;
    }

    private static int compare(Duration span, Instant from, Instant to) {
        long seconds = to.getEpochSecond() - from.getEpochSecond() - span.getSeconds();
        // Far enough apart for the fractions, of less than a second each, not to matter.
        if (seconds < -2 || seconds > 2) {
            return Long.signum(seconds);
        }
        return Long.signum(seconds * NANOS + to.getNano() - from.getNano() - span.getNano());
    }
}
