package io.patchwar.model.audit;

import io.patchwar.model.Actor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Actors that come again and again, worked out once. A newer one takes the place of an older one, so that this stays small
 * whatever is read. One thread.
 */
final class Actors {
    private static final int PLACES = 1 << 9;

    private final @Nullable Known[] known = new @Nullable Known[PLACES];

    private record Known(
            String account,
            @Nullable String fieldManager,
            String userAgent,
            @Nullable String pod,
            Actor actor) {
        boolean is(String account, @Nullable String fieldManager, String userAgent, @Nullable String pod) {
            return this.account.equals(account)
                    && this.userAgent.equals(userAgent)
                    && Objects.equals(this.fieldManager, fieldManager)
                    && Objects.equals(this.pod, pod);
        }
    }

    Actor of(String account, @Nullable String fieldManager, String userAgent, @Nullable String pod) {
        int hash = 31 * (31 * account.hashCode() + userAgent.hashCode()) + Objects.hashCode(fieldManager);
        hash = 31 * hash + Objects.hashCode(pod);
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        Known there = known[place];
        if (there != null && there.is(account, fieldManager, userAgent, pod)) {
            return there.actor();
        }
        Actor actor = Identity.of(account, fieldManager, userAgent, pod);
        known[place] = new Known(account, fieldManager, userAgent, pod, actor);
        return actor;
    }
}
