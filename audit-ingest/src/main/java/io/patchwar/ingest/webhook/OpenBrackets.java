package io.patchwar.ingest.webhook;

import java.util.BitSet;

/** The brackets that are open, and which of them are those of arrays. A bit each, however deep. One thread. */
final class OpenBrackets {
    private final BitSet deep = new BitSet();
    /** Of the first 64, which are nearly all: looked at for every bracket. */
    private long shallow;

    private int depth;

    int depth() {
        return depth;
    }

    /** Forgets all but so many, or takes so many for granted. */
    void reset(int open) {
        depth = open;
    }

    void open(byte bracket) {
        depth++;
        boolean array = bracket == '[';
        if (depth < Long.SIZE) {
            long bit = 1L << depth;
            shallow = array ? shallow | bit : shallow & ~bit;
        } else {
            deep.set(depth, array);
        }
    }

    /** Whether the bracket is of the kind that the innermost open one needs. */
    boolean matches(byte bracket) {
        boolean array = depth < Long.SIZE ? (shallow >>> depth & 1) != 0 : deep.get(depth);
        return array == (bracket == ']');
    }

    /** Closes the innermost; returns how many are left. */
    int close() {
        return --depth;
    }
}
