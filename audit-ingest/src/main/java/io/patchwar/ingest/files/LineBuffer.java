package io.patchwar.ingest.files;

import io.patchwar.model.audit.AuditReader;
import java.io.IOException;
import java.util.Arrays;

/**
 * A stretch of a log from a place on, in which whole lines are found. Grows with the longest line, up to a bound, and shrinks
 * again. One thread.
 */
final class LineBuffer {
    private static final int SMALLEST = 64 << 10;

    private final int usual;
    private final int largest;
    private byte[] bytes = new byte[0];
    private int filled;
    private long base;

    /**
     * @param usual how much is read at once
     * @param largest the longest line
     */
    LineBuffer(int usual, int largest) {
        this.usual = usual;
        this.largest = Math.max(usual, largest);
    }

    byte[] bytes() {
        return bytes;
    }

    int filled() {
        return filled;
    }

    /** Place in the log of the first byte. */
    long base() {
        return base;
    }

    /** Forgets everything and begins anew at that place. */
    void restart(long at) {
        base = at;
        filled = 0;
    }

    /** Reads on as far as there is room; returns how much was read. */
    int fill(LogContent content) throws IOException {
        if (bytes.length == 0) {
            bytes = new byte[Math.min(SMALLEST, usual)];
        }
        int before = filled;
        int got;
        do {
            if (filled == bytes.length && bytes.length < usual) {
                bytes = Arrays.copyOf(bytes, Math.min(usual, 2 * bytes.length));
            }
            got = filled == bytes.length ? 0 : content.read(base + filled, bytes, filled, bytes.length - filled);
            filled += got;
        } while (got > 0);
        return filled - before;
    }

    /** Where the last whole line ends of which no part is in the next; 0 if there is none. */
    int wholeLines() {
        int end = lineBefore(filled);
        while (end > 0 && AuditReader.isFragment(bytes, lineBefore(end - 1), end - 1)) {
            end = lineBefore(end - 1);
        }
        return end;
    }

    /** The index after the last line end before {@code to}; 0 if there is none. */
    private int lineBefore(int to) {
        int i = to;
        while (i > 0 && bytes[i - 1] != '\n') {
            i--;
        }
        return i;
    }

    /** The index after the first line end; 0 if there is none. */
    int firstLineEnd() {
        for (int i = 0; i < filled; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    boolean isFull() {
        return filled == bytes.length;
    }

    /** Makes room for a longer line; false if that is longer than any that is read. */
    boolean grow() {
        if (bytes.length >= largest) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(largest, 2L * bytes.length));
        return true;
    }

    /** The first so many bytes are done with. */
    void consume(int count) {
        int rest = filled - count;
        byte[] target = bytes.length > usual && rest <= usual ? new byte[usual] : bytes;
        System.arraycopy(bytes, count, target, 0, rest);
        bytes = target;
        filled = rest;
        base += count;
    }
}
