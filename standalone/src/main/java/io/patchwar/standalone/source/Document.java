package io.patchwar.standalone.source;

import java.util.BitSet;

/**
 * Where a document ends that does not fill a line of its own: one over several lines, or several in one line. Follows brackets
 * and strings, no more. A document that is broken ends before the next line that can only begin another one.
 */
final class Document {
    /** More input is needed to tell. */
    static final int MORE = -1;

    /** Deeper nesting, over many lines, is nothing that anybody writes down. */
    private static final int DEEPEST = 256;

    private final BitSet arrays = new BitSet();
    private int candidate;

    /**
     * The index after the document that begins at {@code from} with a bracket, after {@code column} blanks.
     *
     * @param last whether nothing follows after {@code to}
     * @return {@link #MORE} if that cannot be told yet
     */
    int end(byte[] b, int from, int to, int column, boolean last) {
        candidate = MORE;
        int depth = 0;
        boolean oneLine = true;
        int i = from;
        while (i < to) {
            byte c = b[i];
            switch (c) {
                case '"' -> {
                    int end = endOfString(b, i + 1, to);
                    if (end < 0) {
                        // No string goes over a line's end: this one was cut.
                        int line = -end;
                        return oneLine ? line : broken(b, line, to, column, last);
                    }
                    i = end;
                    continue;
                }
                case '{', '[' -> {
                    if (depth == DEEPEST && !oneLine) {
                        candidate = MORE;
                        return broken(b, i, to, column, last);
                    }
                    if (depth < DEEPEST) {
                        arrays.set(depth, c == '[');
                    }
                    depth++;
                }
                case '}', ']' -> {
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
                case '\n' -> {
                    oneLine = false;
                    int next = firstOfLine(b, i + 1, to);
                    if (next == to) {
                        return last ? orCandidate(to) : MORE;
                    }
                    if (opensOther(b, i + 1, next, column)) {
                        boolean array = depth <= DEEPEST && arrays.get(depth - 1);
                        if (!mayFollow(lastBefore(b, i, from), array)) {
                            return orCandidate(i + 1);
                        }
                        candidate = candidate == MORE ? i + 1 : candidate;
                    }
                }
                default -> {}
            }
            i++;
        }
        return last ? orCandidate(to) : MORE;
    }

    /** The index after the string's closing quote; the negative index after the line where that line ends first; else {@code to}. */
    private static int endOfString(byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            byte c = b[i];
            if (c == '"') {
                return i + 1;
            }
            if (c == '\n') {
                return -(i + 1);
            }
            i += c == '\\' && i + 1 < to && b[i + 1] != '\n' ? 2 : 1;
        }
        return to;
    }

    /** A broken document ends where, from {@code from} on, a line begins that can begin a document. */
    private int broken(byte[] b, int from, int to, int column, boolean last) {
        if (candidate != MORE) {
            return candidate;
        }
        int line = from > 0 && b[from - 1] == '\n' ? from : LineScan.newline(b, from, to) + 1;
        while (line < to) {
            int next = firstOfLine(b, line, to);
            if (next < to && opensOther(b, line, next, column)) {
                return line;
            }
            line = LineScan.newline(b, next, to) + 1;
        }
        return last ? to : MORE;
    }

    private int orCandidate(int otherwise) {
        return candidate == MORE ? otherwise : candidate;
    }

    private static boolean opensOther(byte[] b, int line, int first, int column) {
        return b[first] == '{' && first - line <= column;
    }

    /** Whether an object may stand after that byte, within an array or an object. */
    private static boolean mayFollow(byte before, boolean array) {
        return array ? before == ',' || before == '[' : before == ':';
    }

    private static byte lastBefore(byte[] b, int at, int from) {
        int i = at - 1;
        while (i > from && b[i] <= ' ' && b[i] >= 0) {
            i--;
        }
        return b[i];
    }

    private static int firstOfLine(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] <= ' ' && b[i] >= 0 && b[i] != '\n') {
            i++;
        }
        return i;
    }
}
