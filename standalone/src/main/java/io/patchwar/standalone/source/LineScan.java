package io.patchwar.standalone.source;

import io.patchwar.model.json.EightBytes;

/**
 * Finds line ends eight bytes at a time, and on the way the places where one document follows another without a line end.
 * Inside one JSON document {@code }} is never followed by <code>{</code>, but within strings.
 */
final class LineScan {
    private static final long NEWLINES = EightBytes.pattern('\n');
    private static final long CLOSINGS = EightBytes.pattern('}');
    private static final long OPENINGS = EightBytes.pattern('{');

    private LineScan() {}

    /** The first index in {@code [from, to)} of a line end, or of a <code>}</code> before a <code>{</code>; {@code to} if there is none. */
    static int next(byte[] b, int from, int to) {
        int i = from;
        for (int last = to - 9; i <= last; i += 8) {
            long here = EightBytes.at(b, i);
            long there = EightBytes.at(b, i + 1);
            long hits = EightBytes.zeros(here ^ NEWLINES) | EightBytes.zeros((here ^ CLOSINGS) | (there ^ OPENINGS));
            if (hits != 0) {
                return i + EightBytes.first(hits);
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
