package io.patchwar.processor.topology;

import io.patchwar.processor.config.DeadLetterSettings;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many dead letters an instance puts up with in an interval of wall-clock time: a few come from somebody's broken shipper,
 * many say that something is wrong with all that is read, and going on would lose it. Thread-safe.
 */
final class DeadLetterBudget {
    private final DeadLetterSettings settings;
    private final InstantSource clock;
    private Instant began = Instant.EPOCH;
    private long used;

    DeadLetterBudget(DeadLetterSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes one out; how many are left, negative if there was none. */
    synchronized long take() {
        Instant now = clock.instant();
        if (!now.isBefore(began.plus(settings.interval())) || now.isBefore(began)) {
            began = now;
            used = 0;
        }
        used++;
        return settings.budget() - used;
    }
}
