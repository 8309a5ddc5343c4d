package io.patchwar.model;

import java.util.Locale;

/** Where a war stands: fought, or over since its quiet period passed. */
public enum WarState {
    ONGOING,
    ENDED;

    /** The word in the JSON contract. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
