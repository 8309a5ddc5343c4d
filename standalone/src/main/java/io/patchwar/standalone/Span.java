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
