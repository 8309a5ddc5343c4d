package io.patchwar.standalone.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds line ends eight bytes at a time, and on the way the places where one document follows another without a line end.
 * Inside one JSON document {@code }} is never followed by <code>{</code>, but within strings.
 */
final class LineScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    private static final long NEWLINES = ONES * '\n';
    private static final long CLOSINGS = ONES * '}';
    private static final long OPENINGS = ONES * '{';

    private LineScan() {}

    /** The first index in {@code [from, to)} of a line end, or of a <code>}</code> before a <code>{</code>; {@code to} if there is none. */
    static int next(byte[] b, int from, int to) {
        int i = from;
        for (int last = to - 9; i <= last; i += 8) {
            long here = (long) LONGS.get(b, i);
            long there = (long) LONGS.get(b, i + 1);
            long newline = here ^ NEWLINES;
            long joint = (here ^ CLOSINGS) | (there ^ OPENINGS);
            // A byte's high bit is set where the byte is zero; above the lowest such byte it may be set wrongly.
            long hits = (((newline - ONES) & ~newline) | ((joint - ONES) & ~joint)) & HIGHS;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (b[i] == '\n' || (b[i] == '}' && i + 1 < to && b[i + 1] == '{')) {
                return i;
            }
        }
        return to;
    }

    /** The first line end in {@code [from, to)}; {@code to} if there is none. */
    static int newline(byte[] b, int from, int to) {
        int i = next(b, from, to);
        while (i < to && b[i] != '\n') {
            i = next(b, i + 1, to);
        }
        return i;
    }
}
