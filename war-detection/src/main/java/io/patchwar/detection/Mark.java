package io.patchwar.detection;

import io.patchwar.model.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One write, as remembered: who, when, which. Shared by all fields it changed. */
record Mark(
        Actor actor,
        Side side,
        Instant time,
        String auditID,
        @Nullable String version,
        String verb,
        long sequence) {

    boolean differsFrom(Mark other) {
        return actor.differsFrom(other.actor)
                && !(side == other.side && actor.instance().equals(other.actor.instance()));
    }
}
