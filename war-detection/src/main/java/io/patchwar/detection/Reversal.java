package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;

/**
 * A change that restores what another had taken away ({@code detection.md} section 3); also a re-creation after
 * another's delete.
 *
 * @param by the change that restores
 * @param other the write that had taken the value away
 * @param confirmed whether stored states show both
 */
record Reversal(Change by, Mark other, boolean confirmed) {
    static Reversal of(Change by, Change other) {
        return new Reversal(by, other.mark(), by.confirmed() && other.confirmed());
    }

    /** Fought between other accounts or programs, not between instances of one. */
    boolean betweenSides() {
        return by.mark().side() != other.side();
    }

    void write(StateWriter out) {
        by.write(out);
        other.write(out);
        out.flag(confirmed);
    }

    static Reversal read(StateReader in) {
        return new Reversal(Change.read(in), Mark.read(in), in.flag());
    }
}
