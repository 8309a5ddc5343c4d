package io.patchwar.model.audit;

/** What came of a write ({@code detection.md} section 1). */
public enum Outcome {
    /** Answered with 2xx. */
    ACCEPTED,
    /** Answered with 4xx: nothing changed. */
    REJECTED,
    /** Nobody can tell whether it was stored: 5xx, a panic, a connection that closed early. */
    UNKNOWN
}
