package io.patchwar.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and amounts of memory as people write them. Stateless. */
public final class Amounts {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,12}) ?(B|KiB|MiB|GiB|)");
    private static final Map<String, Integer> SHIFTS = Map.of("", 0, "B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

    private Amounts() {}

    /** {@code 90s}, {@code 1h30m}, {@code 2d}, {@code 500ms}; null if the text is no duration. */
    public static @Nullable Duration duration(String text) {
        Matcher m = DURATION.matcher(text.strip());
        if (text.isBlank() || !m.matches()) {
            return null;
        }
        return Duration.ofDays(number(m.group(1)))
                .plusHours(number(m.group(2)))
                .plusMinutes(number(m.group(3)))
                .plusSeconds(number(m.group(4)))
                .plusMillis(number(m.group(5)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** {@code 64MiB}, {@code 1GiB}, or a bare number of bytes; null if the text is no amount. */
    public static @Nullable Long bytes(String text) {
        Matcher m = BYTES.matcher(text.strip());
        if (!m.matches()) {
            return null;
        }
        int shift = SHIFTS.getOrDefault(m.group(2), 0);
        long number = Long.parseLong(m.group(1));
        return number > Long.MAX_VALUE >> shift ? null : (Long) (number << shift);
    }

    /** The duration as {@link #duration} reads it. */
    public static String text(Duration duration) {
        StringBuilder out = new StringBuilder();
        append(out, duration.toDaysPart(), "d");
        append(out, duration.toHoursPart(), "h");
        append(out, duration.toMinutesPart(), "m");
        append(out, duration.toSecondsPart(), "s");
        append(out, duration.toMillisPart(), "ms");
        return out.isEmpty() ? "0s" : out.toString();
    }

    private static void append(StringBuilder out, long number, String unit) {
        if (number > 0) {
            out.append(number).append(unit);
        }
    }

    /** The amount as {@link #bytes} reads it. */
    public static String text(long bytes) {
        if (bytes > 0 && bytes % (1 << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        if (bytes > 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes > 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }
}
