package io.patchwar.model.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** RFC 3339 timestamps; the form that API servers write ({@code 2026-11-23T08:44:50.543879Z}) without detours. */
final class Timestamps {
    private Timestamps() {}

    /** The instant at {@code b[from, to)}, null if the text is no timestamp. */
    static @Nullable Instant parse(byte[] b, int from, int to) {
        int n = to - from;
        if (n < 20 || n > 40) {
            return null;
        }
        try {
            if (b[to - 1] == 'Z' && b[from + 19] == '.' && n <= 30) {
                int nanos = digits(b, from + 20, to - 1);
                for (int i = n - 21; i < 9; i++) {
                    nanos *= 10;
                }
                int hour = digits(b, from + 11, from + 13);
                int minute = digits(b, from + 14, from + 16);
                int second = digits(b, from + 17, from + 19);
                if (hour > 23 || minute > 59 || second > 59) {
                    return null;
                }
                long day = LocalDate.of(
                                digits(b, from, from + 4),
                                digits(b, from + 5, from + 7),
                                digits(b, from + 8, from + 10))
                        .toEpochDay();
                return Instant.ofEpochSecond(day * 86_400 + (hour * 60 + minute) * 60L + second, nanos);
            }
            return OffsetDateTime.parse(new String(b, from, n, StandardCharsets.ISO_8859_1))
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Instant parse(String text) {
        byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(b, 0, b.length);
    }

    private static int digits(byte[] b, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int d = b[i] - '0';
            if (d < 0 || d > 9) {
                throw new DateTimeException("digit expected");
            }
            value = value * 10 + d;
        }
        return value;
    }
}
