package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.fields.Tracked.Note;
import io.patchwar.model.Confidence;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldChange.Owner;
import io.patchwar.model.FieldPath;
import io.patchwar.model.Part;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes whose reply shows the object as it was stored: the state before is held against it. One thread. */
final class StoredWrites {
    private static final String IGNORE = "patchwar.io/ignore";

    private final Comparison comparison;
    private final Trail trail = new Trail();

    StoredWrites(Comparison comparison) {
        this.comparison = comparison;
    }

    Tracked take(
            ObjectState state, AuditEvent event, @Nullable Slice request, Slice response, TypeMeta type, Facts facts) {
        Slice told = event.response();
        facts.bytes(told == null ? response.length() : event.replyBytes());
        Node root = comparison.root(event, type, state);
        RequestKind kind = request == null ? RequestKind.WHOLE : RequestKind.of(event, request);
        List<Refusal> refusals = comparison.refusals(request, kind, response, event.part(), root, event);
        facts.asked(Comparison.asked(refusals, event));
        Slice held = state.body();
        if (held == null) {
            hold(state, response, type);
            return new Tracked(facts.observation(state, event), Note.JUDGED);
        }
        boolean sameVersion = event.version() != null && event.version().equals(state.version);
        if (sameVersion && !state.stale) {
            boolean released = Bodies.isTerminating(response) && !Bodies.hasFinalizers(response);
            if (released && Bodies.hasFinalizers(held)) {
                state.vanish();
                return new Tracked(facts.observation(state, event), Note.JUDGED);
            }
            return new Tracked(facts.noOp().observation(state, event), Note.NO_OP);
        }
        boolean gap = event.verb() == Verb.UPDATE && isOverGap(state, event, request);
        boolean otherVersion =
                state.apiVersion != null && type.apiVersion() != null && !state.apiVersion.equals(type.apiVersion());
        List<Difference> differences = comparison.differences(held, response, root, otherVersion, event);
        Touch touch = request == null ? null : new Touch(kind, request, event.part(), root, trail);
        Confidence confidence = gap || request == null ? Confidence.INFERRED : Confidence.CONFIRMED;
        boolean statusIsNobodys = state.staleStatus || keepsStatus(event);
        if ((event.part() == Part.MAIN ? state.stale : state.staleStatus)
                && isTakenBack(state, event, held, response, differences)) {
            facts.takenBack();
        }
        facts.changes(changes(
                held,
                response,
                event,
                known(differences, state),
                touch,
                refusals,
                state.stale,
                statusIsNobodys,
                confidence));
        // A status without bodies is seen, and its version is not: that the next update's base is another is no missed
        // write.
        boolean resynchronised = state.stale || (gap && state.staleStatus);
        Note note = resynchronised ? Note.RESYNCHRONISED : gap ? Note.OVER_A_GAP : Note.JUDGED;
        if (otherVersion || comparison.walk().parted()) {
            hold(state, response, type);
        } else {
            holdAfterWalk(state, response, type, differences);
        }
        return new Tracked(facts.observation(state, event), note);
    }

    /**
     * Whether all is as it was, and yet not untouched: the version moved and nothing else did, or the generation moved and
     * nothing but the status did. Somebody changed something meanwhile, and it is back.
     */
    private static boolean isTakenBack(
            ObjectState state, AuditEvent event, Slice held, Slice response, List<Difference> differences) {
        if (event.version() == null || state.version == null || event.version().equals(state.version)) {
            return false;
        }
        if (differences.isEmpty()) {
            return true;
        }
        return event.part() == Part.MAIN
                && differences.stream()
                        .allMatch(d -> d.derived() || d.path().root().equals("status"))
                && !generation(held).equals(generation(response));
    }

    /** As it stands there; empty where the object has none. */
    private static String generation(Slice body) {
        Slice generation = Members.first(Members.first(body, "metadata"), "generation");
        return generation == null ? "" : generation.text();
    }

    /** Whether the API server lets this write change no status: that of Kubernetes' own kinds has a door of its own. */
    private static boolean keepsStatus(AuditEvent event) {
        return event.subresource().isEmpty()
                && event.verb() != Verb.CREATE
                && RequestKind.isBuiltIn(event.object().group());
    }

    private static boolean isOverGap(ObjectState state, AuditEvent event, @Nullable Slice request) {
        String base = baseVersion(event, request);
        return !base.isEmpty() && state.version != null && !base.equals(state.version);
    }

    /** The version that the write was made from, as it says itself; empty where it does not. */
    static String baseVersion(AuditEvent event, @Nullable Slice request) {
        String base = event.baseVersion();
        if (base == null) {
            base = Members.firstText(Members.first(request, "metadata"), "resourceVersion");
        }
        return base == null ? "" : base;
    }

    /** Those at paths that were looked at before: of what only a Scale or a bare request has told, the rest is seen for the first time. */
    private static List<Difference> known(List<Difference> differences, ObjectState state) {
        if (state.mainComplete && state.statusComplete) {
            return differences;
        }
        return differences.stream()
                .filter(d -> !RequestedWrites.isFirstSight(state, d))
                .toList();
    }

    private List<FieldChange> changes(
            Slice held,
            Slice response,
            AuditEvent event,
            List<Difference> differences,
            @Nullable Touch touch,
            List<Refusal> refusals,
            boolean stale,
            boolean statusIsNobodys,
            Confidence confidence) {
        Set<String> refused = refusals.isEmpty() ? Set.of() : new HashSet<>();
        for (Refusal refusal : refusals) {
            refused.add(refusal.path().toString());
        }
        List<FieldChange> changes = new ArrayList<>(differences.size());
        for (Difference d : differences) {
            Owner owner;
            if (stale || (statusIsNobodys && d.path().root().equals("status"))) {
                owner = Owner.NOBODY;
            } else if (!refused.isEmpty() && refused.contains(d.path().toString())) {
                owner = Owner.ADMISSION;
            } else {
                owner = touch == null || touch.owns(d.path(), d.to().isAbsent()) ? Owner.ACTOR : Owner.NOBODY;
            }
            changes.add(comparison.change(d, owner, confidence, held, response, event));
        }
        return changes;
    }

    /** Keeps a state that is known whole. */
    static void hold(ObjectState state, Slice body, TypeMeta type) {
        Bodies.keep(body, state);
        state.becomeWhole(type);
        describe(state, body);
    }

    /** The same, where the walk over both bodies told already what there is to be known of the metadata. */
    private void holdAfterWalk(ObjectState state, Slice body, TypeMeta type, List<Difference> differences) {
        SideBySide walk = comparison.walk();
        if (walk.managedTo() > 0) {
            state.keepWithout(body, walk.managedFrom(), walk.managedTo());
        } else {
            state.keep(body);
        }
        state.becomeWhole(type);
        if (differences.size() >= Differ.MOST_DIFFERENCES) {
            describe(state, body);
            return;
        }
        for (int i = 0; i < differences.size(); i++) {
            if (isToldOf(differences.get(i).path())) {
                describe(state, body);
                return;
            }
        }
    }

    /** Whether what {@link #describe} tells may have changed with this path: owners, annotations as a whole, or the one that mutes. */
    private static boolean isToldOf(FieldPath path) {
        FieldPath step = path;
        FieldPath inner = null;
        for (FieldPath outer = step.parent(); outer != null && outer.parent() != null; outer = step.parent()) {
            inner = step;
            step = outer;
        }
        FieldPath root = step.parent();
        if (root == null) {
            return step.name().equals("metadata");
        }
        boolean annotation = step.name().equals("annotations")
                && (inner == null || inner.name().equals(IGNORE));
        return root.name().equals("metadata") && (annotation || step.name().equals("ownerReferences"));
    }

    static void describe(ObjectState state, Slice body) {
        Slice metadata = Members.first(body, "metadata");
        state.controlled = Bodies.isControlled(metadata);
        state.muted = Members.firstText(Members.first(metadata, "annotations"), IGNORE);
    }
}
