package io.patchwar.detection;

import io.patchwar.model.FieldValue;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** A write that shows a dispute; field and values where the class has any. */
record Proof(
        Mark mark,
        @Nullable String field,
        @Nullable FieldValue from,
        @Nullable FieldValue to) {
    void write(StateWriter out) {
        mark.write(out);
        out.maybeWord(field);
        write(from, out);
        write(to, out);
    }

    private static void write(@Nullable FieldValue value, StateWriter out) {
        out.flag(value != null);
        if (value != null) {
            value.write(out);
        }
    }

    static Proof read(StateReader in) {
        return new Proof(Mark.read(in), in.maybeWord(), value(in), value(in));
    }

    private static @Nullable FieldValue value(StateReader in) {
        return in.flag() ? FieldValue.read(in) : null;
    }
}
