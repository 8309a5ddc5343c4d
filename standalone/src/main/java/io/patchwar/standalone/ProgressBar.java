package io.patchwar.standalone;

import io.patchwar.model.words.Spans;
import io.patchwar.standalone.source.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line on a terminal's standard error that says how far reading has come; gone when reading is done. One thread. */
final class ProgressBar implements Progress {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration PACE = Duration.ofMillis(200);
    private static final int CELLS = 30;
    private static final String WIPE = "\r\u001b[K";

    private final PrintWriter err;
    private final InstantSource clock;
    private final Instant begun;
    private @Nullable Instant drawn;

    ProgressBar(PrintWriter err, InstantSource clock) {
        this.err = err;
        this.clock = clock;
        this.begun = clock.instant();
    }

    @Override
    public void heard(long read, long total) {
        Instant now = clock.instant();
        Instant last = drawn;
        // What is over at once needs no bar.
        boolean due = last == null ? !now.isBefore(begun.plus(PATIENCE)) : !now.isBefore(last.plus(PACE));
        if (due) {
            drawn = now;
            err.print(WIPE + line(read, total, Duration.between(begun, now)));
            err.flush();
        }
    }

    /** Wipes the line, if there is one. */
    void close() {
        if (drawn != null) {
            err.print(WIPE);
            err.flush();
        }
    }

    private static String line(long read, long total, Duration spent) {
        double seconds = Math.max(0.001, spent.toMillis() / 1000.0);
        String speed = String.format(Locale.ROOT, "%.0f MB/s", read / 1e6 / seconds);
        if (total <= 0) {
            return size(read) + " read, " + speed;
        }
        double share = Math.min(1, (double) read / total);
        int full = (int) (share * CELLS);
        Duration left = Duration.ofMillis((long) (seconds * 1000 * (1 - share) / Math.max(0.001, share)));
        return "[" + "#".repeat(full) + "-".repeat(CELLS - full) + "] "
                + String.format(Locale.ROOT, "%3.0f %%", share * 100) + " of " + size(total) + ", " + speed + ", "
                + Spans.duration(left.truncatedTo(ChronoUnit.SECONDS)) + " left";
    }

    private static String size(long bytes) {
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
