package io.patchwar.standalone.demo;

import io.patchwar.model.words.SafeText;
import io.patchwar.standalone.report.Page;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says on the terminal what happens, each time with how long it has been since the start. Thread-safe. */
final class Narrator {
    private static final int MARGIN = 7;

    private final PrintWriter out;
    private final int width;
    private final boolean colour;
    private final LongSupplier nanoTime;
    private final long start;

    Narrator(PrintWriter out, int width, boolean colour, LongSupplier nanoTime) {
        this.out = out;
        this.width = width;
        this.colour = colour;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** How long it has been. */
    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }

    /** A sentence at this time. */
    synchronized void says(String text) {
        Duration time = elapsed();
        String clock = String.format(Locale.ROOT, "%3d:%02d  ", time.toMinutes(), time.toSecondsPart());
        print(new Page(width, colour).line(0, MARGIN + 1, Page.Ink.PLAIN, clock + SafeText.of(text, 2_000)));
    }

    /** A heading. */
    synchronized void titles(String text) {
        print(new Page(width, colour).line(0, 0, Page.Ink.BOLD, text));
    }

    /** A name and an address, in two columns. */
    synchronized void points(String name, String address) {
        out.println(" ".repeat(MARGIN + 1) + String.format(Locale.ROOT, "%-9s", name) + address);
        out.flush();
    }

    /** What was laid out already. */
    synchronized void shows(String block) {
        out.println();
        out.print(block);
        out.println();
        out.flush();
    }

    int width() {
        return width;
    }

    boolean isColoured() {
        return colour;
    }

    private void print(Page page) {
        out.print(page);
        out.flush();
    }
}
