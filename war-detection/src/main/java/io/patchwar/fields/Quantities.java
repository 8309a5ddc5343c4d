package io.patchwar.fields;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Kubernetes quantities ({@code k8s.io/apimachinery/pkg/api/resource}): {@code 1000m} is {@code 1}. */
final class Quantities {
    private static final int LONGEST = 40;
    private static final String SUFFIXES = "numkMGTPE";
    private static final int[] POWERS = {-9, -6, -3, 3, 6, 9, 12, 15, 18};
    private static final String BINARY = "KMGTPE";

    private Quantities() {}

    /** The number that the text stands for, with one spelling for each; null if it is no quantity. */
    static @Nullable String canonical(String text) {
        BigDecimal value = parse(text);
        if (value == null) {
            return null;
        }
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static @Nullable BigDecimal parse(String text) {
        int n = text.length();
        if (n == 0 || n > LONGEST) {
            return null;
        }
        int digits = n;
        while (digits > 0 && !isDigit(text.charAt(digits - 1)) && text.charAt(digits - 1) != '.') {
            digits--;
        }
        String suffix = text.substring(digits);
        String number = text.substring(0, digits);
        if (!isNumber(number)) {
            return exponent(text);
        }
        BigDecimal value = new BigDecimal(number);
        if (suffix.isEmpty()) {
            return value;
        }
        if (suffix.length() == 2 && suffix.charAt(1) == 'i') {
            int power = BINARY.indexOf(suffix.charAt(0));
            return power < 0 ? null : value.multiply(BigDecimal.valueOf(1024).pow(power + 1));
        }
        int decimal = suffix.length() == 1 ? SUFFIXES.indexOf(suffix.charAt(0)) : -1;
        return decimal < 0 ? null : value.scaleByPowerOfTen(POWERS[decimal]);
    }

    /** {@code 1e3}; exponents that no quantity has are refused, since their plain form would fill the memory. */
    private static @Nullable BigDecimal exponent(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e <= 0 || !isNumber(text.substring(0, e))) {
            return null;
        }
        String power = text.substring(e + 1);
        String plain = power.startsWith("+") || power.startsWith("-") ? power.substring(1) : power;
        if (plain.isEmpty() || plain.length() > 2 || !plain.chars().allMatch(Quantities::isDigit)) {
            return null;
        }
        return new BigDecimal(text.substring(0, e)).scaleByPowerOfTen(Integer.parseInt(power));
    }

    private static boolean isNumber(String text) {
        int i = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        boolean digit = false;
        boolean point = false;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                digit = true;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return false;
            }
        }
        return digit;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
