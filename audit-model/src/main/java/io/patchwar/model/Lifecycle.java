package io.patchwar.model;

import java.util.Locale;
import java.util.Optional;

/** What an update of a war says happened to it; where it stands then is its {@link WarState}. */
public enum Lifecycle {
    OPENED,
    /** It goes on: more reversals, another side, another field. */
    ONGOING,
    ENDED,
    /** It broke out again within the window. */
    REOPENED,
    /** A finding that is none any more, since its object turned out to be at war; a war is never taken back. */
    WITHDRAWN;

    /** The word in the JSON contract. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lifecycle of that word. */
    public static Optional<Lifecycle> of(String word) {
        for (Lifecycle l : values()) {
            if (l.word().equals(word)) {
                return Optional.of(l);
            }
        }
        return Optional.empty();
    }
}
