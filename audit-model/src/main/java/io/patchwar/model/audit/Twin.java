package io.patchwar.model.audit;

import java.util.Arrays;

/**
 * A text that differs from another in digits alone, digit for digit, as the reply to an update mostly differs from what was asked
 * for: its version is another. No digit opens, closes or escapes anything in JSON, nor does any name that is looked for have one:
 * so in the two the same stands at the same places.
 */
final class Twin {
    private Twin() {}

    /** Whether a twin of {@code b[from, to)} begins at {@code other} and ends no later than {@code end}. */
    static boolean isAt(byte[] b, int from, int to, int other, int end) {
        int apart = other - from;
        if (to + apart > end) {
            return false;
        }
        int at = from;
        while (true) {
            int equal = Arrays.mismatch(b, at, to, b, at + apart, to + apart);
            if (equal < 0) {
                return true;
            }
            at += equal;
            // A version differs in some digits in a row.
            do {
                if (!isDigit(b[at]) || !isDigit(b[at + apart])) {
                    return false;
                }
                at++;
            } while (at < to && b[at] != b[at + apart]);
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
