package io.patchwar.watch.live;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;

/** What was said last of a war. */
final class Told {
    /** The cluster's time at which it was said. */
    Instant at;

    boolean ended;

    /** Whether there has been progress since that was not said. */
    boolean pending;

    Told(Instant at) {
        this.at = at;
    }

    void write(StateWriter out) {
        out.time(at);
        out.octet((ended ? 1 : 0) | (pending ? 2 : 0));
    }

    static Told read(StateReader in) {
        Told told = new Told(in.time());
        int flags = in.octet();
        told.ended = (flags & 1) != 0;
        told.pending = (flags & 2) != 0;
        return told;
    }
}
