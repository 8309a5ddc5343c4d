package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.json.JsonScan;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a log into chunks of whole documents. A document is a line; or, where lines are not whole JSON, what its brackets say;
 * or an element of an array around it all. Used by one thread at a time.
 */
final class Framer {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final int longest;
    private final Document document = new Document();

    private byte[] rest = NOTHING;
    private @Nullable IOException failure;
    private boolean begun;
    private boolean ended;
    private boolean inArray;

    /** Passing over the rest of something too long: up to a line's end, and whether the next must also begin an object. */
    private boolean passing;

    private boolean passingObject;

    private boolean passingAtLine;

    /** Index of the first of the fragments, in a container runtime's framing, that the chunk ends with; -1 if with none. */
    private int fragments;

    /**
     * @param in the log, unpacked
     * @param longest how many bytes a document may have, without what the buffer given to {@link #next} takes more
     */
    Framer(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * The next chunk, in {@code buffer} unless a document is longer than that; null after the last, or where the log cannot be
     * read on.
     */
    @Nullable
    Chunk next(byte[] buffer) {
        byte[] b = buffer.length >= 2 * rest.length ? buffer : new byte[2 * rest.length];
        int n = rest.length;
        System.arraycopy(rest, 0, b, 0, n);
        rest = NOTHING;
        while (true) {
            if (ended && n == 0) {
                return null;
            }
            n = fill(b, n);
            Chunk chunk = new Chunk(b);
            int consumed = frame(chunk, b, n);
            if (consumed > 0 || chunk.documents() > 0 || ended) {
                rest = consumed < n ? Arrays.copyOfRange(b, consumed, n) : NOTHING;
                if (chunk.documents() > 0) {
                    return chunk;
                }
                n = rest.length;
                System.arraycopy(rest, 0, b, 0, n);
                rest = NOTHING;
            } else if (n < longest) {
                b = Arrays.copyOf(b, (int) Math.min(2L * b.length, Math.max(longest, b.length + 1L)));
            } else {
                chunk.addTooLong();
                passing = true;
                passingAtLine = false;
                passingObject = b[JsonScan.skipSpace(b, 0, n)] == '{';
                return chunk;
            }
        }
    }

    /** Why the log ended where it did, null if it simply did; known once {@link #next} has said null. */
    @Nullable
    IOException failure() {
        return failure;
    }

    private int fill(byte[] b, int from) {
        int n = from;
        while (!ended && n < b.length) {
            try {
                int got = in.read(b, n, b.length - n);
                ended = got < 0;
                n += Math.max(got, 0);
            } catch (IOException e) {
                // What was read before is whole, and worth reading.
                failure = e;
                ended = true;
            }
        }
        return n;
    }

    /** Adds all whole documents in {@code b[0, n)} to the chunk; returns how much of it is done with. */
    private int frame(Chunk chunk, byte[] b, int n) {
        int p = 0;
        fragments = -1;
        if (!begun && n >= MARK.length) {
            p = Arrays.equals(b, 0, MARK.length, MARK, 0, MARK.length) ? MARK.length : 0;
            begun = true;
        }
        if (passing) {
            p = pass(b, p, n);
        }
        while (!passing) {
            int line = p;
            p = JsonScan.skipSpace(b, p, n);
            if (p == n) {
                break;
            }
            int end = documentAt(chunk, b, p, n);
            if (end < 0) {
                p = startOfLine(b, line, p);
                break;
            }
            p = end;
        }
        if (fragments >= 0 && !ended) {
            p = chunk.from(fragments);
            chunk.cutTo(fragments);
        }
        return p;
    }

    /** The index after the blanks before {@code p} that stand in other lines. */
    private static int startOfLine(byte[] b, int from, int p) {
        int i = p;
        while (i > from && b[i - 1] != '\n') {
            i--;
        }
        return i;
    }

    /** Frames what begins at {@code p}; returns the index after it, or {@link Document#MORE}. */
    private int documentAt(Chunk chunk, byte[] b, int p, int n) {
        byte first = b[p];
        if (first == '{') {
            return objectAt(chunk, b, p, n);
        }
        // Lines out of the middle of an array keep their commas.
        if (first == ',' || (inArray && first == ']')) {
            inArray = first == ',' && inArray;
            return p + 1;
        }
        if (first == '[') {
            int inner = JsonScan.skipSpace(b, p + 1, n);
            if (inner == n && !ended) {
                return Document.MORE;
            }
            if (inner < n && b[inner] == '{') {
                inArray = true;
                return p + 1;
            }
        }
        return lineAt(chunk, b, p, n);
    }

    private int objectAt(Chunk chunk, byte[] b, int p, int n) {
        int stop = LineScan.next(b, p, n);
        boolean line = stop < n ? b[stop] == '\n' : ended;
        if (line) {
            int end = lastBefore(b, p, stop);
            int next = JsonScan.skipSpace(b, stop, n);
            if (b[end - 1] == '}') {
                if (next == n && !ended) {
                    return Document.MORE;
                }
                if (next == n || b[next] == '{') {
                    return add(chunk, p, end, stop);
                }
            }
        } else if (stop == n) {
            return Document.MORE;
        }
        int end = document.end(b, p, n, p - blanksBefore(b, p), ended);
        return end < 0 ? end : add(chunk, p, end, end);
    }

    private int lineAt(Chunk chunk, byte[] b, int p, int n) {
        int end = LineScan.newline(b, p, n);
        if (end == n && !ended) {
            return Document.MORE;
        }
        boolean fragment = AuditReader.isFragment(b, p, end);
        int first = fragments >= 0 ? fragments : chunk.documents();
        add(chunk, p, end, end);
        fragments = fragment ? first : -1;
        return end;
    }

    private int add(Chunk chunk, int from, int to, int next) {
        fragments = -1;
        chunk.add(from, to);
        return next;
    }

    private static int blanksBefore(byte[] b, int p) {
        int i = p;
        while (i > 0 && (b[i - 1] == ' ' || b[i - 1] == '\t')) {
            i--;
        }
        return i;
    }

    private static int lastBefore(byte[] b, int from, int to) {
        int i = to;
        while (i > from && b[i - 1] <= ' ' && b[i - 1] >= 0) {
            i--;
        }
        return i;
    }

    /** Passes over more of what is too long; returns where the next document may begin, or {@code n}. */
    private int pass(byte[] b, int from, int n) {
        int i = from;
        while (i < n) {
            if (!passingAtLine) {
                i = LineScan.newline(b, i, n) + 1;
                passingAtLine = i <= n;
            }
            i = JsonScan.skipSpace(b, i, n);
            if (i < n) {
                if (!passingObject || b[i] == '{') {
                    passing = false;
                    return i;
                }
                passingAtLine = false;
            }
        }
        return n;
    }
}
