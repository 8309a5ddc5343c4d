package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.fields.Tracked.Note;
import io.patchwar.model.Actor;
import io.patchwar.model.Confidence;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldChange.Owner;
import io.patchwar.model.Part;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes of which the stored object is not shown: the request, or the {@code Scale} that stands for a part of its parent, is
 * applied to what is held. One thread.
 */
final class RequestedWrites {
    private final Comparison comparison;

    RequestedWrites(Comparison comparison) {
        this.comparison = comparison;
    }

    /** A write that only its request tells of. */
    Tracked take(ObjectState state, AuditEvent event, Slice request, TypeMeta type, Facts facts) {
        Node root = comparison.root(event, type, state);
        RequestKind kind = RequestKind.of(event, request);
        Actor by = event.actor();
        String actor = by.account() + " " + (by.inPod() ? by.instance() : by.program()) + " " + event.part();
        Slice held = state.body();
        // An apply takes back what its manager applied, whoever goes by that name, and not what the same actor put.
        String applier = "\tapply\t" + by.program() + " " + event.part();
        byte[] mine = state.lastAsked.get(kind == RequestKind.APPLY ? applier : actor);
        byte[] edited = StateEditor.after(held, kind, request, mine, event.part(), root);
        if (edited == null) {
            state.stale = true;
            return new Tracked(facts.observation(state, event), Note.JUDGED);
        }
        Slice after = Slice.of(edited);
        if (held != null) {
            List<FieldChange> changes = new ArrayList<>();
            for (Difference d : comparison.differences(held, after, root, false, event)) {
                if (!isFirstSight(state, d) && !comparison.isNoneWhenStored(d, event)) {
                    changes.add(Comparison.change(d, Owner.ACTOR, Confidence.INFERRED));
                }
                if (d.to().isAbsent()) {
                    state.rememberAbsent(d.path().toString());
                }
            }
            facts.changes(changes);
        }
        state.keep(after);
        state.noteType(type);
        if (kind == RequestKind.WHOLE || kind == RequestKind.APPLY) {
            byte[] asked = Bodies.stored(request);
            state.remember(actor, asked);
            if (kind == RequestKind.APPLY) {
                state.remember(applier, asked);
            }
        }
        boolean whole = kind == RequestKind.WHOLE;
        state.mainComplete |= whole && event.part() == Part.MAIN;
        state.statusComplete |= whole && (event.part() == Part.STATUS || event.verb() == Verb.CREATE);
        state.stale &= !whole;
        StoredWrites.describe(state, after);
        return new Tracked(facts.observation(state, event), Note.JUDGED);
    }

    /** A path that was never known, in an object of which not all is known: a baseline, no change. */
    static boolean isFirstSight(ObjectState state, Difference d) {
        boolean complete = d.path().root().equals("status") ? state.statusComplete : state.mainComplete;
        return d.from().isAbsent()
                && !complete
                && !state.knownAbsent.contains(d.path().toString());
    }

    /** A write whose reply is a {@code Scale}. */
    Tracked takeScale(ObjectState state, AuditEvent event, @Nullable Slice request, Slice response, Facts facts) {
        RequestKind kind = request == null ? RequestKind.WHOLE : RequestKind.of(event, request);
        List<Refusal> refusals = comparison.refusals(request, kind, response, Part.MAIN, comparison.scaleRoot(), event);
        facts.asked(Comparison.asked(refusals, event));
        if (event.version() != null && event.version().equals(state.version) && state.hasBody() && !state.stale) {
            return new Tracked(facts.noOp().observation(state, event), Note.NO_OP);
        }
        Slice replicas = Members.first(Members.first(response, "spec"), "replicas");
        Slice value = replicas != null ? replicas : Slice.of("0");
        if (state.stale && isBack(state, event, request, value)) {
            facts.takenBack();
        }
        return takeReplicas(state, event, value, Confidence.CONFIRMED, refusals, facts);
    }

    /** Whether an update changed the number, as its version shows, and to what was held: somebody had changed it meanwhile. */
    private static boolean isBack(ObjectState state, AuditEvent event, @Nullable Slice request, Slice replicas) {
        String base = StoredWrites.baseVersion(event, request);
        Slice known = Members.first(Members.first(state.body(), "spec"), "replicas");
        return known != null
                && event.version() != null
                && !base.isEmpty()
                && !base.equals(event.version())
                && known.text().equals(replicas.text());
    }

    /** A write of which the number of replicas is known, and nothing else. */
    Tracked takeReplicas(
            ObjectState state,
            AuditEvent event,
            Slice replicas,
            Confidence confidence,
            List<Refusal> refusals,
            Facts facts) {
        Slice held = state.body();
        byte[] edited = StateEditor.withReplicas(held, replicas);
        if (edited == null) {
            state.stale = true;
            return new Tracked(facts.observation(state, event), Note.JUDGED);
        }
        Slice after = Slice.of(edited);
        if (held != null) {
            Node root = comparison.root(event, TypeMeta.of(after), state);
            List<FieldChange> changes = new ArrayList<>();
            for (Difference d : comparison.differences(held, after, root, false, event)) {
                if (!isFirstSight(state, d)) {
                    Owner owner = state.stale ? Owner.NOBODY : refusals.isEmpty() ? Owner.ACTOR : Owner.ADMISSION;
                    changes.add(Comparison.change(d, owner, confidence));
                }
            }
            facts.changes(changes);
        }
        state.keep(after);
        return new Tracked(facts.observation(state, event), Note.JUDGED);
    }
}
