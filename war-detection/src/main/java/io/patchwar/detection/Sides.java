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

    /** The side that this actor belongs to: by its pod, else by its program, else by its client; a new one if there is none yet. */
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
        Side named = ofClient(actor);
        if (named != null) {
            named.add(actor);
            return named;
        }
        Side made = new Side(actor);
        if (sides.size() >= MOST) {
            sides.remove(0);
        }
        sides.add(made);
        return made;
    }

    /** The one side that writes by the same client under another name; null if there are several: nobody can tell which. */
    private @Nullable Side ofClient(Actor actor) {
        Side only = null;
        for (Side side : sides) {
            if (side.hasClientOf(actor)) {
                if (only != null) {
                    return null;
                }
                only = side;
            }
        }
        return only;
    }

    void write(StateWriter out) {
        out.list(sides, side -> side.write(out));
    }

    void read(StateReader in) {
        in.list(() -> Side.read(in), sides::add);
    }
}
