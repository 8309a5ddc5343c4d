package io.patchwar.model;

import java.util.Locale;

/** How sure a change, or a war, is ({@code detection.md} 2). The first is the strongest. */
public enum Confidence {
    /** Seen in stored states. */
    CONFIRMED,
    /** Concluded from requests, or across a write that was missed. */
    INFERRED,
    /** Only who wrote when is known. */
    SUSPECTED;

    /** The word in the JSON contract. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
