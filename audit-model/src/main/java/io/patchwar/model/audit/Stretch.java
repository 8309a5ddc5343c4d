package io.patchwar.model.audit;

/** A stretch {@code [from, to)} of a buffer in one number, so that noting where something stands makes no object. */
final class Stretch {
    /** No stretch. None that is looked for is empty and stands at a buffer's very beginning. */
    static final long NONE = 0;

    private Stretch() {}

    static long of(int from, int to) {
        return (long) from << 32 | to;
    }

    /** The stretch that many bytes further on; none stays none. */
    static long moved(long stretch, int by) {
        return stretch == NONE ? NONE : of(from(stretch) + by, to(stretch) + by);
    }

    /** Whether there is nothing between its ends, or none. */
    static boolean isEmpty(long stretch) {
        return from(stretch) == to(stretch);
    }

    static int from(long stretch) {
        return (int) (stretch >>> 32);
    }

    static int to(long stretch) {
        return (int) stretch;
    }
}
