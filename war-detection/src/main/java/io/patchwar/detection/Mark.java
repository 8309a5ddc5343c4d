package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One write, as remembered: who, when, which. Shared by all fields it changed. */
record Mark(
        Actor actor,
        Side side,
        Instant time,
        String auditID,
        @Nullable String version,
        String verb,
        long sequence) {

    boolean differsFrom(Mark other) {
        return actor.differsFrom(other.actor)
                && !(side == other.side && actor.instance().equals(other.actor.instance()));
    }

    /** Writes itself, once for all places that refer to it. */
    void write(StateWriter out) {
        out.shared(this, Long.hashCode(sequence), mark -> {
            mark.actor.write(out);
            mark.side.write(out);
            out.time(mark.time);
            out.id(mark.auditID);
            out.maybeText(mark.version);
            out.word(mark.verb);
            out.number(mark.sequence);
        });
    }

    static Mark read(StateReader in) {
        return in.shared(
                Mark.class,
                () -> new Mark(
                        Actor.read(in), Side.read(in), in.time(), in.id(), in.maybeText(), in.word(), in.number()));
    }

    static void writeMaybe(@Nullable Mark mark, StateWriter out) {
        out.flag(mark != null);
        if (mark != null) {
            mark.write(out);
        }
    }

    static @Nullable Mark readMaybe(StateReader in) {
        return in.flag() ? read(in) : null;
    }
}
