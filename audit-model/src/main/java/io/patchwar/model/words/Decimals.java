package io.patchwar.model.words;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers in words, as {@code String.format(Locale.ROOT, …)} has them. That one asks for the locale's symbols first, and takes
 * longer over its first number than a scan over a thousand writes. Stateless.
 */
public final class Decimals {
    private Decimals() {}

    /** A finite number with so many digits behind the point, halves rounded away from zero: {@code 0.10}. */
    public static String fixed(double value, int digits) {
        String text =
                BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
        boolean signIsLost = value < 0 && text.charAt(0) != '-';
        return signIsLost ? "-" + text : text;
    }

    /** A whole number with a comma before every three digits: {@code 1,734}. */
    public static String grouped(long number) {
        String digits = Long.toString(number);
        int first = digits.charAt(0) == '-' ? 1 : 0;
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > first; i -= 3) {
            grouped.insert(i, ',');
        }
        return grouped.toString();
    }
}
