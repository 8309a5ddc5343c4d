package io.patchwar.detection;

import io.patchwar.model.Actor;
import java.util.ArrayList;
import java.util.List;

/** Everybody who writes one object. */
final class Sides {
    private static final int MOST = 64;

    private final List<Side> sides = new ArrayList<>(2);

    /** The side that this actor belongs to: by its pod, else by its program; a new one if there is none yet. */
    Side of(Actor actor) {
        for (Side side : sides) {
            if (side.hasPodOf(actor)) {
                side.add(actor);
                return side;
            }
        }
        for (Side side : sides) {
            if (side.hasProgramOf(actor)) {
                side.add(actor);
                return side;
            }
        }
        Side made = new Side(actor);
        if (sides.size() >= MOST) {
            sides.remove(0);
        }
        sides.add(made);
        return made;
    }
}
