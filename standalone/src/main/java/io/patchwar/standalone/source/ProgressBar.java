package io.patchwar.standalone.source;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far reading has come, on one line of a terminal: share, rate, and how long it will take. Written at most ten times a second;
 * {@link #close} takes the line away again. Begins to show after half a second, so that what is quick leaves no flicker.
 */
public final class ProgressBar implements Progress, AutoCloseable {
    private static final long BETWEEN = Duration.ofMillis(100).toNanos();
    private static final long BEFORE_FIRST = Duration.ofMillis(500).toNanos();
    private static final int WIDTH = 24;
    private static final String ERASE = "\r\u001b[K";
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintWriter terminal;
    private final LongSupplier nanoTime;
    private final long started;
    private long next;
    private boolean shown;

    private ProgressBar(PrintWriter terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.next = started + BEFORE_FIRST;
    }

    /**
     * A bar on that terminal.
     *
     * @param nanoTime a clock that only goes forward, such as {@link System#nanoTime}
     */
    public static ProgressBar on(PrintWriter terminal, LongSupplier nanoTime) {
        return new ProgressBar(terminal, nanoTime);
    }

    /** Whether standard error is a terminal that can erase a line. Where the system does not tell, the
     * system property {@code patchwar.terminal} does. */
    public static boolean isTerminal() {
        String kind = System.getenv("TERM");
        if (kind == null || kind.equals("dumb")) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // Not on this system; only whoever started this process can tell.
            return Boolean.getBoolean("patchwar.terminal");
        }
    }

    @Override
    public void heard(long read, long total) {
        long now = nanoTime.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + BETWEEN;
        double rate = read * 1e9 / Math.max(1, now - started);
        terminal.print(
                ERASE + (total > 0 ? share(read, total, rate) : size(read)) + "  " + size(Math.round(rate)) + "/s");
        terminal.flush();
        shown = true;
    }

    private static String share(long read, long total, double rate) {
        double part = Math.min(1, (double) read / total);
        int full = (int) (part * WIDTH);
        long left = rate < 1 ? -1 : Math.round(Math.max(0, total - read) / rate);
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + (int) (part * 100) + " %  " + size(read)
                + " of " + size(total) + (left < 0 ? "" : "  " + span(left) + " left");
    }

    /** Bytes as people say them, in thousands. */
    static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        double size = bytes;
        int unit = 0;
        while (size >= 999.5 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        boolean fraction = unit > 0 && size < 9.95;
        return String.format(Locale.ROOT, fraction ? "%.1f %s" : "%.0f %s", size, units[unit]);
    }

    private static String span(long seconds) {
        if (seconds < 100) {
            return seconds + " s";
        }
        return seconds < 6000 ? Math.round(seconds / 60.0) + " min" : Math.round(seconds / 3600.0) + " h";
    }

    /** Takes the line away; the terminal is left as it was, and open. */
    @Override
    public void close() {
        if (shown) {
            terminal.print(ERASE);
            terminal.flush();
            shown = false;
        }
    }
}
