package io.patchwar.model.state;

import java.util.UUID;

/**
 * UUIDs in the one form that every UUID has, dashes and lower case: then two numbers hold what its text says, and the text that
 * is made of them again is the same.
 */
public final class PlainUuid {
    private static final int LENGTH = 36;

    private PlainUuid() {}

    /** Whether the text is a UUID in that form. */
    public static boolean is(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The first half of a text that {@link #is} one. */
    public static long high(String uuid) {
        return hex(uuid, 0, 18);
    }

    /** The second half of a text that {@link #is} one. */
    public static long low(String uuid) {
        return hex(uuid, 19, LENGTH);
    }

    /** The text of both halves. */
    public static String text(long high, long low) {
        return new UUID(high, low).toString();
    }

    private static long hex(String text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c != '-') {
                value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
            }
        }
        return value;
    }
}
