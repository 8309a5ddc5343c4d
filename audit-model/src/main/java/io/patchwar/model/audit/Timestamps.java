package io.patchwar.model.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** RFC 3339 timestamps; the form that API servers write ({@code 2026-11-23T08:44:50.543879Z}) without detours. */
final class Timestamps {
    private Timestamps() {}

    /** The instant, null if the text is no timestamp. */
    static @Nullable Instant parse(String text) {
        int n = text.length();
        if (n < 20 || n > 40) {
            return null;
        }
        try {
            if (text.charAt(n - 1) == 'Z' && text.charAt(19) == '.' && n <= 30) {
                int nanos = digits(text, 20, n - 1);
                for (int i = n - 21; i < 9; i++) {
                    nanos *= 10;
                }
                long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                        .toEpochDay();
                int second = (digits(text, 11, 13) * 60 + digits(text, 14, 16)) * 60 + digits(text, 17, 19);
                return Instant.ofEpochSecond(day * 86_400 + second, nanos);
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int d = text.charAt(i) - '0';
            if (d < 0 || d > 9) {
                throw new DateTimeException("digit expected");
            }
            value = value * 10 + d;
        }
        return value;
    }
}
