package io.patchwar.standalone.source;

import java.util.Arrays;

/** A stretch of a log, and where in it the documents stand. */
final class Chunk {
    private static final int TOO_LONG = -1;

    final byte[] bytes;
    private int[] bounds = new int[1024];
    private int size;

    Chunk(byte[] bytes) {
        this.bytes = bytes;
    }

    void add(int from, int to) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
        }
        bounds[size] = from;
        bounds[size + 1] = to;
        size += 2;
    }

    /** Something longer than any document that is read; it is not here. */
    void addTooLong() {
        add(TOO_LONG, TOO_LONG);
    }

    int documents() {
        return size / 2;
    }

    /** Takes back everything from that document on. */
    void cutTo(int documents) {
        size = documents * 2;
    }

    boolean isTooLong(int document) {
        return from(document) == TOO_LONG;
    }

    int from(int document) {
        return bounds[document * 2];
    }

    int to(int document) {
        return bounds[document * 2 + 1];
    }
}
