package io.patchwar.model;

import java.util.Locale;

/** Who is told: {@code critical} and {@code warning} are pushed, {@code info} is shown. Ordered from mild to bad. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    /** The word in the JSON contract. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
