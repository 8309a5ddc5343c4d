package io.patchwar.benchmarks.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** The event being written. Cleared and used again, so that making a log is mostly copying. Not thread-safe. */
final class Line {
    private static final byte[] COMMA = {','};

    private byte[] bytes;
    private int length;

    Line(int capacity) {
        bytes = new byte[capacity];
    }

    void append(byte[] more) {
        append(more, 0, more.length);
    }

    void append(byte[] more, int from, int to) {
        int size = to - from;
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + size));
        }
        System.arraycopy(more, from, bytes, length, size);
        length += size;
    }

    /** The skeleton with these values, as bytes that can stand in a slot of another. */
    static byte[] filled(Skeleton skeleton, Values values) {
        Line line = new Line(256);
        skeleton.write(values, line);
        return line.copy();
    }

    /** The items of a JSON array. */
    static byte[] joined(Iterable<byte[]> items) {
        Line line = new Line(1024);
        for (byte[] item : items) {
            if (line.length > 0) {
                line.append(COMMA);
            }
            line.append(item);
        }
        return line.copy();
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    private byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }
}
