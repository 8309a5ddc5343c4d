package io.patchwar.model;

import java.util.Locale;
import java.util.Optional;

/** The classes of {@code detection.md} section 3, in the order in which they are judged. */
public enum WarClass {
    RECREATE(true),
    ADMISSION(true),
    ORDER(false),
    TUG_OF_WAR(true),
    SPLIT_BRAIN(true),
    CONTENTION(true),
    FLIP_FLOP(false),
    HOT_LOOP(false),
    REJECTED(false),
    SUSPECTED(false);

    private final boolean war;

    WarClass(boolean war) {
        this.war = war;
    }

    /** A war; else a finding, which is shown and rarely alerts. */
    public boolean isWar() {
        return war;
    }

    /** The word in the JSON contract: {@code tug-of-war}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class of that word. */
    public static Optional<WarClass> of(String word) {
        for (WarClass c : values()) {
            if (c.word().equals(word)) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }
}
