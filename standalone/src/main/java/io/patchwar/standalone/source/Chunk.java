package io.patchwar.standalone.source;

import io.patchwar.model.audit.RejectReason;
import java.util.Arrays;

/** A stretch of a log, and where in it the documents stand. */
final class Chunk {
    private static final int MARK = -1;

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

    /** Something that is no document, for this reason. */
    void addRejected(RejectReason reason) {
        add(MARK, reason.ordinal());
    }

    int documents() {
        return size / 2;
    }

    /** Takes back everything from that document on. */
    void cutTo(int documents) {
        size = documents * 2;
    }

    boolean isRejected(int document) {
        return bounds[document * 2] == MARK;
    }

    RejectReason reason(int document) {
        return RejectReason.values()[bounds[document * 2 + 1]];
    }

    int from(int document) {
        return bounds[document * 2];
    }

    int to(int document) {
        return bounds[document * 2 + 1];
    }
}
