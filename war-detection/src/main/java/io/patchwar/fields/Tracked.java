package io.patchwar.fields;

import io.patchwar.model.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What a write came to.
 *
 * @param observation for the detection; null if the write changes no verdict
 * @param note why not, or what else is to be counted
 */
public record Tracked(@Nullable Observation observation, Note note) {

    /** What the sight counts. */
    public enum Note {
        JUDGED,
        /** Judged, and the state it was compared with was not to be trusted. */
        RESYNCHRONISED,
        /** Accepted, and the version stayed. */
        NO_OP,
        /** Older than what was judged already. */
        LATE,
        /** Nobody can tell whether it was stored. */
        UNKNOWN_OUTCOME,
        /** A PUT over a version that was never seen: some write was missed. */
        OVER_A_GAP,
        /** Versions fell back: the state begins anew. */
        RESTORED
    }
}
