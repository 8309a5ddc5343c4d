package io.patchwar.fields;

import io.patchwar.model.AskedChange;
import io.patchwar.model.FieldChange;
import io.patchwar.model.Observation;
import io.patchwar.model.Observation.Existence;
import io.patchwar.model.Observation.Kind;
import io.patchwar.model.Observation.Shown;
import io.patchwar.model.Rejection;
import io.patchwar.model.audit.AuditEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An observation while it is put together. */
final class Facts {
    private Kind kind;
    private boolean newLifetime;
    private Shown shown = Shown.NOTHING;
    private Existence existence = Existence.UNCHANGED;
    private List<FieldChange> changes = List.of();
    private List<AskedChange> asked = List.of();
    private @Nullable Rejection rejection;
    private int bytes = -1;

    Facts(Kind kind) {
        this.kind = kind;
    }

    Facts existence(Existence value) {
        existence = value;
        return this;
    }

    Facts newLifetime(boolean value) {
        newLifetime = value;
        return this;
    }

    Facts bodies(boolean value) {
        shown = value ? Shown.WRITTEN : Shown.NOTHING;
        return this;
    }

    /** Without this write the object would not be what it was before one that was not seen. */
    Facts takenBack() {
        shown = Shown.TAKEN_BACK;
        return this;
    }

    Facts changes(List<FieldChange> value) {
        changes = value;
        return this;
    }

    Facts asked(List<AskedChange> value) {
        asked = value;
        return this;
    }

    Facts rejected(Rejection value) {
        rejection = value;
        return this;
    }

    /** The stored object as the reply has it, managedFields and all: nearer to what etcd keeps than what is held here. */
    Facts bytes(int value) {
        bytes = value;
        return this;
    }

    Facts noOp() {
        kind = Kind.NO_OP;
        return this;
    }

    Observation observation(ObjectState state, AuditEvent event) {
        return new Observation(
                event.time(),
                event.auditID(),
                event.version(),
                state.uid,
                newLifetime,
                event.actor(),
                event.verb().word(),
                event.part(),
                kind,
                shown,
                state.controlled,
                existence,
                changes,
                asked,
                rejection,
                state.muted,
                bytes < 0 ? state.bodyBytes() : bytes);
    }
}
