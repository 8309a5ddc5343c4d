package io.patchwar.model.state;

import java.util.Arrays;
import java.util.UUID;

/**
 * UUIDs in the one form that every UUID has, dashes and lower case: then two numbers hold what its text says, and the text that
 * is made of them again is the same.
 */
public final class PlainUuid {
    private static final int LENGTH = 36;

    /** What each character is worth, -1 where it is none of these digits. */
    private static final byte[] DIGITS = digits();

    private PlainUuid() {}

    private static byte[] digits() {
        byte[] digits = new byte['f' + 1];
        Arrays.fill(digits, (byte) -1);
        for (char c = '0'; c <= '9'; c++) {
            digits[c] = (byte) (c - '0');
        }
        for (char c = 'a'; c <= 'f'; c++) {
            digits[c] = (byte) (c - 'a' + 10);
        }
        return digits;
    }

    /** Whether the text is a UUID in that form. */
    public static boolean is(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        int dashes = 0;
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if (c == '-') {
                dashes++;
            } else if (c >= DIGITS.length || DIGITS[c] < 0) {
                return false;
            }
        }
        return dashes == 4
                && text.charAt(8) == '-'
                && text.charAt(13) == '-'
                && text.charAt(18) == '-'
                && text.charAt(23) == '-';
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
                value = value << 4 | DIGITS[c];
            }
        }
        return value;
    }
}
