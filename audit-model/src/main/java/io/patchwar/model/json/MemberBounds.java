package io.patchwar.model.json;

import java.util.Arrays;

/**
 * Where those of an object's own members stand that are objects or arrays: they are found once, when the object's end is looked for,
 * and passed over unread from then on. Counted from the object's beginning, so that they hold wherever it is copied to. Immutable.
 */
public final class MemberBounds {
    private final int[] stretches;

    private MemberBounds(int[] stretches) {
        this.stretches = stretches;
    }

    /**
     * @param stretches where each begins and where it ends, one behind the other
     * @param count how many numbers of it count
     */
    public static MemberBounds of(int[] stretches, int count) {
        return new MemberBounds(Arrays.copyOf(stretches, count));
    }

    /** Where the value ends that begins so far behind the object's beginning; -1 if that is not known. */
    public int end(int from) {
        for (int i = 0; i < stretches.length; i += 2) {
            if (stretches[i] == from) {
                return stretches[i + 1];
            }
        }
        return -1;
    }

    /** The same of the object without {@code [cutFrom, cutTo)}, which lies within one member or holds whole ones. */
    public MemberBounds without(int cutFrom, int cutTo) {
        int[] left = new int[stretches.length];
        int n = 0;
        for (int i = 0; i < stretches.length; i += 2) {
            boolean gone = stretches[i] >= cutFrom && stretches[i + 1] <= cutTo;
            if (!gone) {
                left[n++] = moved(stretches[i], cutFrom, cutTo);
                left[n++] = moved(stretches[i + 1], cutFrom, cutTo);
            }
        }
        return of(left, n);
    }

    private static int moved(int at, int cutFrom, int cutTo) {
        return at >= cutTo ? at - (cutTo - cutFrom) : at;
    }
}
