package io.patchwar.model.words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, durations and rates as people read them; all times in UTC. Stateless. */
public final class Spans {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FINE =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Spans() {}

    /** {@code 08:44:50}. */
    public static String clock(Instant time) {
        return CLOCK.format(time);
    }

    /** {@code 2026-11-23 08:44:50}. */
    public static String day(Instant time) {
        return DAY.format(time);
    }

    /** {@code 08:44:50.113}. */
    public static String fine(Instant time) {
        return FINE.format(time);
    }

    /** The clock alone where the day is that of {@code other}, else with the day. */
    public static String near(Instant time, Instant other) {
        boolean sameDay = time.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(other.atOffset(ZoneOffset.UTC).toLocalDate());
        return sameDay ? clock(time) : day(time);
    }

    /** Two figures that matter: {@code 0.14 s}, {@code 42 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 4 d}. */
    public static String duration(Duration span) {
        double seconds = span.toNanos() / 1e9;
        if (seconds < 1) {
            return trimmed(seconds, 2) + " s";
        }
        if (seconds < 10) {
            return trimmed(seconds, 1) + " s";
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return two(whole / 60, "min", whole % 60, "s");
        }
        if (whole < 86_400) {
            return two(whole / 3600, "h", whole % 3600 / 60, "min");
        }
        return two(whole / 86_400, "d", whole % 86_400 / 3600, "h");
    }

    /**
     * How often, for a sentence: {@code 14 reversals a second}; what is too few for a rate is said as it is, {@code 4
     * reversals within 42 s}.
     */
    public static String rate(long count, String one, String many, Duration span) {
        double seconds = span.toNanos() / 1e9;
        if (count < 6 || seconds < 2) {
            String counted = number(count) + " " + (count == 1 ? one : many);
            return count < 2 || span.isZero() ? counted : counted + " within " + duration(span);
        }
        // What was counted first opens the span, it does not fall into it.
        double perSecond = (count - 1) / seconds;
        if (perSecond >= 0.95) {
            return figure(perSecond, one, many) + " a second";
        }
        if (perSecond * 60 >= 0.95) {
            return figure(perSecond * 60, one, many) + " a minute";
        }
        return figure(perSecond * 3600, one, many) + " an hour";
    }

    /** {@code 1,734}. */
    public static String number(long number) {
        return Decimals.grouped(number);
    }

    private static String figure(double rate, String one, String many) {
        String text =
                rate < 1.95 && rate >= 1.05 ? trimmed(rate, 1) : rate < 1 ? trimmed(rate, 1) : number(Math.round(rate));
        return text + " " + (text.equals("1") ? one : many);
    }

    private static String two(long major, String majorUnit, long minor, String minorUnit) {
        return minor == 0 ? major + " " + majorUnit : major + " " + majorUnit + " " + minor + " " + minorUnit;
    }

    private static String trimmed(double value, int digits) {
        String text = Decimals.fixed(value, digits);
        while (text.endsWith("0")) {
            text = text.substring(0, text.length() - 1);
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
