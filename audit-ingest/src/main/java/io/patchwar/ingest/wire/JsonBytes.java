package io.patchwar.ingest.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON being written into one growing array; parts of other JSON are copied as they stand. One thread. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] b = new byte[4 << 10];
    private int n;

    JsonBytes clear() {
        if (b.length > 1 << 20) {
            b = new byte[4 << 10];
        }
        n = 0;
        return this;
    }

    int size() {
        return n;
    }

    /** Takes back what was written behind that. */
    void cut(int size) {
        n = size;
    }

    byte[] copy() {
        return Arrays.copyOf(b, n);
    }

    /** ASCII that is JSON already. */
    JsonBytes raw(String ascii) {
        int length = ascii.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            b[n++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    JsonBytes raw(byte[] json, int from, int to) {
        ensure(to - from);
        System.arraycopy(json, from, b, n, to - from);
        n += to - from;
        return this;
    }

    /** A string in its quotes. Halves of pairs are written as escapes, so that lone ones come back as they were. */
    JsonBytes text(String text) {
        int length = text.length();
        ensure(6 * length + 2);
        b[n++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                if (c == '"' || c == '\\') {
                    b[n++] = '\\';
                }
                b[n++] = (byte) c;
            } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                escape(c);
            } else if (c < 0x800) {
                b[n++] = (byte) (0xc0 | (c >> 6));
                b[n++] = (byte) (0x80 | (c & 0x3f));
            } else {
                b[n++] = (byte) (0xe0 | (c >> 12));
                b[n++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                b[n++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        b[n++] = '"';
        return this;
    }

    private void escape(char c) {
        b[n++] = '\\';
        b[n++] = 'u';
        b[n++] = HEX[(c >> 12) & 15];
        b[n++] = HEX[(c >> 8) & 15];
        b[n++] = HEX[(c >> 4) & 15];
        b[n++] = HEX[c & 15];
    }

    private void ensure(int more) {
        if (b.length - n < more) {
            b = Arrays.copyOf(b, Math.max(2 * b.length, n + more));
        }
    }
}
