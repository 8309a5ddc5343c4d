package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A contender of one war: a side, or one instance of it where instances fight each other.
 *
 * @param side null for admission
 * @param instance null where the side fights as one
 * @param program of admission
 */
record Party(
        @Nullable Side side,
        @Nullable String instance,
        @Nullable String program) {

    static Party of(Side side) {
        return new Party(side, null, null);
    }

    static Party of(Mark mark, boolean asInstance) {
        return asInstance ? new Party(mark.side(), mark.actor().instance(), null) : of(mark.side());
    }

    /** Admission is one contender, whichever of its webhooks is named. */
    static Party admission(String program) {
        return new Party(null, null, program);
    }

    static void add(List<Party> parties, Party party) {
        for (Party known : parties) {
            if (known.sameAs(party)) {
                return;
            }
        }
        parties.add(party);
    }

    boolean is(Mark mark) {
        return side == mark.side()
                && (instance == null || instance.equals(mark.actor().instance()));
    }

    boolean sameAs(Party other) {
        return side == other.side && (instance == null ? other.instance == null : instance.equals(other.instance));
    }

    /** By hand, as is {@link #hashCode}: what the compiler makes of a record starts slowly. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Party other && sameAs(other) && Objects.equals(program, other.program);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Objects.hashCode(side) + Objects.hashCode(instance)) + Objects.hashCode(program);
    }

    void write(StateWriter out) {
        out.value(this, hashCode(), party -> {
            out.flag(party.side != null);
            if (party.side != null) {
                party.side.write(out);
            }
            out.maybeWord(party.instance);
            out.maybeWord(party.program);
        });
    }

    static Party read(StateReader in) {
        return in.value(Party.class, () -> {
            Side side = in.flag() ? Side.read(in) : null;
            return new Party(side, in.maybeWord(), in.maybeWord());
        });
    }
}
