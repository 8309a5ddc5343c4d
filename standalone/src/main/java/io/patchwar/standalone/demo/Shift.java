package io.patchwar.standalone.demo;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Moves an event in time, and where a tape is played again also past all that was written before: the same event of a later
 * round is another write. Equal times and versions stay equal, in the envelope as in the bodies, so that no value changes that
 * did not change when it was recorded. Immutable.
 *
 * @param from a time on the tape
 * @param to when that time is now
 * @param speed how many times as fast as it was; above 0
 * @param round of playing, from 0
 */
record Shift(Instant from, Instant to, double speed, int round) {
    /** More revisions than etcd counted in any recording. */
    private static final long VERSIONS = 1_000_000;

    private static final Pattern TIME =
            Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,9})?Z\"");
    private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d{1,15})\"");
    private static final Pattern AUDIT_ID = Pattern.compile("\"auditID\":\"([0-9a-f]{8})-");
    private static final int YEARS = 50;

    /** By the digits of the second: a reader may insist on as many as there were. */
    private static final List<DateTimeFormatter> FORMATS = formats();

    Shift {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("a speed is above 0, not " + speed);
        }
    }

    /** When what happened at that time happens now. */
    Instant time(Instant recorded) {
        long nanos = Duration.between(from, recorded).toNanos();
        return to.plusNanos(Math.round(nanos / speed));
    }

    /** The event as it is written now. */
    String json(String recorded) {
        String moved = replace(TIME, recorded, this::moved);
        if (round == 0) {
            return moved;
        }
        moved = replace(
                VERSION, moved, m -> "\"resourceVersion\":\"" + (Long.parseLong(m.group(1)) + round * VERSIONS) + "\"");
        return replace(AUDIT_ID, moved, m -> "\"auditID\":\"" + auditId(m.group(1)) + "-");
    }

    private String auditId(String head) {
        return String.format(Locale.ROOT, "%08x", (Long.parseLong(head, 16) + round) & 0xffff_ffffL);
    }

    /** A date far from the recording's own is a fact and no moment of it: when a certificate ends, say. */
    private String moved(Matcher m) {
        Instant recorded;
        try {
            recorded = Instant.parse(m.group(1) + (m.group(2) == null ? "" : m.group(2)) + "Z");
        } catch (DateTimeException e) {
            return m.group();
        }
        if (Math.abs(ChronoUnit.DAYS.between(from, recorded)) > YEARS * 365L) {
            return m.group();
        }
        int digits = m.group(2) == null ? 0 : m.group(2).length() - 1;
        return "\"" + FORMATS.get(digits).format(time(recorded)) + "\"";
    }

    private static List<DateTimeFormatter> formats() {
        return IntStream.rangeClosed(0, 9)
                .mapToObj(digits -> DateTimeFormatter.ofPattern(
                                "uuuu-MM-dd'T'HH:mm:ss" + (digits == 0 ? "" : "." + "S".repeat(digits)) + "'Z'",
                                Locale.ROOT)
                        .withZone(ZoneOffset.UTC))
                .toList();
    }

    private static String replace(Pattern pattern, String text, Function<Matcher, String> by) {
        Matcher m = pattern.matcher(text);
        StringBuilder out = new StringBuilder(text.length() + 64);
        while (m.find()) {
            m.appendReplacement(out, Matcher.quoteReplacement(by.apply(m)));
        }
        return m.appendTail(out).toString();
    }
}
