package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everybody who writes one object. */
final class Sides {
    private static final int MOST = 64;

    private final List<Side> sides = new ArrayList<>(2);

    private @Nullable Actor latest;
    private @Nullable Side latestSide;

    /** The side that this actor belongs to: by its pod, else by its program; a new one if there is none yet. */
    Side of(Actor actor) {
        // Most objects have one writer, and most writers write several times in a row.
        if (latestSide != null && actor.equals(latest)) {
            return latestSide;
        }
        Side side = find(actor);
        latest = actor;
        latestSide = side;
        return side;
    }

    private Side find(Actor actor) {
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

    void write(StateWriter out) {
        out.list(sides, side -> side.write(out));
    }

    void read(StateReader in) {
        in.list(() -> Side.read(in), sides::add);
    }
}
