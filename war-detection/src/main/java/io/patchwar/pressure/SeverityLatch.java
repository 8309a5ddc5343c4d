package io.patchwar.pressure;

import io.patchwar.model.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a level of severity until five minutes below it have passed, so that what goes up and down does not page anybody twice.
 *
 * @param critical when it was last judged critical; null if never
 * @param warning when it was last judged warning or worse; null if never
 */
public record SeverityLatch(
        @Nullable Instant critical, @Nullable Instant warning) {
    /** How long below a level until it is left. */
    public static final Duration KEPT = Duration.ofMinutes(5);

    /** Never judged. */
    public static final SeverityLatch OPEN = new SeverityLatch(null, null);

    /** As it is after this judgement. */
    public SeverityLatch with(Severity judged, Instant now) {
        return switch (judged) {
            case CRITICAL -> new SeverityLatch(now, now);
            case WARNING -> new SeverityLatch(critical, now);
            case INFO -> this;
        };
    }

    /** The level that holds. */
    public Severity level(Instant now) {
        if (holds(critical, now)) {
            return Severity.CRITICAL;
        }
        return holds(warning, now) ? Severity.WARNING : Severity.INFO;
    }

    private static boolean holds(@Nullable Instant last, Instant now) {
        return last != null && now.isBefore(last.plus(KEPT));
    }
}
