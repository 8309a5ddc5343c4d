package io.patchwar.standalone;

import io.patchwar.settings.Amounts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of event time.
 *
 * @param since the first instant inside, null for the beginning
 * @param until the first instant outside again, null for the end
 */
record Span(@Nullable Instant since, @Nullable Instant until) {

    boolean contains(Instant time) {
        return (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
    }

    /**
     * The stretch between two points as people give them, each null where they do not.
     *
     * @throws UsageException where a text is no time, or nothing lies between
     */
    static Span between(@Nullable String since, @Nullable String until, Instant now) throws UsageException {
        Span span = new Span(point("--since", since, now), point("--until", until, now));
        if (span.since != null && span.until != null && !span.since.isBefore(span.until)) {
            throw new UsageException("--since " + since + " is not before --until " + until + ": nothing lies between");
        }
        return span;
    }

    private static @Nullable Instant point(String option, @Nullable String text, Instant now) throws UsageException {
        Instant point = text == null ? null : point(text, now);
        if (text != null && point == null) {
            throw new UsageException(option + ": \"" + text
                    + "\" is no time; give 2026-11-23T08:44:50Z, or how long before now: 2h, 30m, 1h30m, 1d");
        }
        return point;
    }

    /**
     * A point of time as people give it: RFC 3339 ({@code 2026-11-23T08:44:50Z}), or how long ago ({@code 2h},
     * {@code -30m}), as {@code kubectl logs --since} has it.
     *
     * @return null if the text is neither
     */
    static @Nullable Instant point(String text, Instant now) {
        Duration ago = Amounts.duration(text.startsWith("-") ? text.substring(1) : text);
        if (ago != null) {
            return now.minus(ago);
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
