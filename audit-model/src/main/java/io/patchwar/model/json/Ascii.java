package io.patchwar.model.json;

import java.nio.charset.StandardCharsets;

/** An ASCII text that is looked for again and again, such as a member's name; compared eight bytes at a time. Immutable. */
public final class Ascii {
    private final byte[] text;
    private final long first;
    private final long mask;
    private final long last;

    private Ascii(byte[] text) {
        byte[] padded = java.util.Arrays.copyOf(text, text.length + Long.BYTES);
        this.text = text;
        this.first = EightBytes.at(padded, 0);
        this.mask = text.length < Long.BYTES ? (1L << (8 * text.length)) - 1 : -1L;
        this.last = EightBytes.at(padded, Math.max(0, text.length - Long.BYTES));
    }

    /** @param text of at least one character, ASCII all of it */
    public static Ascii of(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c > 0x7F)) {
            throw new IllegalArgumentException("empty, or not ASCII: " + text);
        }
        return new Ascii(text.getBytes(StandardCharsets.US_ASCII));
    }

    public int length() {
        return text.length;
    }

    /** Whether {@code b[from, to)} is this text. */
    public boolean is(byte[] b, int from, int to) {
        return to - from == text.length && isAt(b, from);
    }

    /** Whether {@code b[from, to)} begins with this text. */
    public boolean begins(byte[] b, int from, int to) {
        return to - from >= text.length && isAt(b, from);
    }

    private boolean isAt(byte[] b, int from) {
        if (from + Long.BYTES > b.length) {
            return isNearTheEnd(b, from);
        }
        if ((EightBytes.at(b, from) & mask) != first) {
            return false;
        }
        return text.length <= Long.BYTES || restIsAt(b, from);
    }

    private boolean restIsAt(byte[] b, int from) {
        for (int i = Long.BYTES; i < text.length - Long.BYTES; i += Long.BYTES) {
            if (EightBytes.at(b, from + i) != EightBytes.at(text, i)) {
                return false;
            }
        }
        return EightBytes.at(b, from + text.length - Long.BYTES) == last;
    }

    private boolean isNearTheEnd(byte[] b, int from) {
        for (int i = 0; i < text.length; i++) {
            if (b[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(text, StandardCharsets.US_ASCII);
    }
}
