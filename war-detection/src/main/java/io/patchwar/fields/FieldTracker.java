package io.patchwar.fields;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.fields.ObjectState.Presence;
import io.patchwar.fields.Tracked.Note;
import io.patchwar.model.Actor;
import io.patchwar.model.AskedChange;
import io.patchwar.model.Confidence;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldChange.Owner;
import io.patchwar.model.Kinds;
import io.patchwar.model.Observation;
import io.patchwar.model.Observation.Existence;
import io.patchwar.model.Observation.Kind;
import io.patchwar.model.Part;
import io.patchwar.model.Rejection;
import io.patchwar.model.ResourceVersion;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the writes of an object, in order, into what each changed and whose change it was ({@code detection.md} section
 * 2). Holds nothing between calls but buffers: the object's state is the caller's. One thread.
 */
public final class FieldTracker {
    private static final String IGNORE = "patchwar.io/ignore";

    private final Canonical canonical;
    private final Differ differ;
    private final AskedNotStored askedNotStored;
    private final SecretVeil veil;
    private final Rejections rejections = new Rejections();
    private final KubernetesSchema schema = KubernetesSchema.shipped();
    private final Duration grace;
    private final boolean redact;

    /**
     * @param grace how late a write may come: a version that falls back by more in time is a restored store
     * @param redact shows digests in place of all values
     */
    public FieldTracker(DigestKey key, Duration grace, boolean redact) {
        this.canonical = new Canonical(key);
        this.differ = new Differ(canonical);
        this.askedNotStored = new AskedNotStored(canonical);
        this.veil = new SecretVeil(key);
        this.grace = grace;
        this.redact = redact;
    }

    /**
     * Takes the object's next write into {@code state} and says what it came to. A body that is no JSON within its brackets counts
     * as not recorded.
     */
    public Tracked track(ObjectState state, AuditEvent event) {
        try {
            return take(state, event);
        } catch (MalformedJsonException e) {
            // It may be the body that is held, and some of the event was taken in already: nothing of that can be
            // relied on.
            state.reset();
            return take(state, event.withoutBodies());
        }
    }

    private Tracked take(ObjectState state, AuditEvent event) {
        if (event.outcome() == Outcome.UNKNOWN) {
            state.stale = true;
            return new Tracked(null, Note.UNKNOWN_OUTCOME);
        }
        boolean secret = Bodies.isSecret(event);
        if (event.outcome() == Outcome.REJECTED) {
            Rejection rejection = rejections.of(event, secret || redact);
            return new Tracked(observation(state, event, new Facts(Kind.REJECTED).rejected(rejection)), Note.JUDGED);
        }
        boolean restored = false;
        String version = event.version();
        if (version != null && state.version != null && ResourceVersion.ORDER.compare(version, state.version) < 0) {
            boolean fellBack = state.versionTime != null && event.time().isAfter(state.versionTime.plus(grace));
            if (!fellBack) {
                return new Tracked(null, Note.LATE);
            }
            state.reset();
            restored = true;
        }
        Slice request = secret ? veil.veil(event.request()) : event.request();
        Slice response = secret ? veil.veil(event.response()) : event.response();
        Tracked tracked = switch (event.verb()) {
            case DELETE, DELETECOLLECTION -> delete(state, event, response);
            default -> event.isEviction() ? evict(state, event) : write(state, event, request, response);
        };
        if (version != null && tracked.note() != Note.LATE) {
            boolean moved = !version.equals(state.version);
            state.version = version;
            state.versionTime = moved || state.versionTime == null ? event.time() : state.versionTime;
        }
        return restored && tracked.observation() != null ? new Tracked(tracked.observation(), Note.RESTORED) : tracked;
    }

    private Tracked evict(ObjectState state, AuditEvent event) {
        if (state.deletionAsked) {
            return new Tracked(null, Note.NO_OP);
        }
        state.deletionAsked = true;
        return new Tracked(
                observation(state, event, new Facts(Kind.CHANGED).existence(Existence.EVICTED)), Note.JUDGED);
    }

    private Tracked delete(ObjectState state, AuditEvent event, @Nullable Slice response) {
        String uid = event.uid();
        boolean otherLifetime = uid != null && state.uid != null && !uid.equals(state.uid);
        if (state.presence == Presence.ABSENT && (uid == null || !otherLifetime)) {
            return new Tracked(null, Note.LATE);
        }
        boolean newLifetime = otherLifetime;
        if (otherLifetime) {
            state.beginLifetime();
        }
        state.uid = uid != null ? uid : state.uid;
        Existence existence = state.deletionAsked ? Existence.UNCHANGED : Existence.DELETED;
        state.deletionAsked = true;
        if (Bodies.isObjectItself(response) && response != null && Bodies.outlivesDelete(response)) {
            hold(state, response);
            state.presence = Presence.PRESENT;
        } else {
            gone(state);
        }
        Facts facts = new Facts(Kind.CHANGED)
                .existence(existence)
                .newLifetime(newLifetime)
                .bodies(event.hasBody());
        return new Tracked(observation(state, event, facts), Note.JUDGED);
    }

    private static void gone(ObjectState state) {
        boolean asked = state.deletionAsked;
        state.beginLifetime();
        state.deletionAsked = asked;
        state.presence = Presence.ABSENT;
    }

    private Tracked write(ObjectState state, AuditEvent event, @Nullable Slice request, @Nullable Slice response) {
        boolean created = event.verb() == Verb.CREATE || event.code() == 201;
        String uid = event.uid();
        boolean otherLifetime = uid != null && state.uid != null && !uid.equals(state.uid);
        if (!created && state.presence == Presence.ABSENT && !otherLifetime && state.uid != null && uid != null) {
            return new Tracked(null, Note.LATE);
        }
        Existence existence = existence(state, created, otherLifetime);
        boolean newLifetime = created || otherLifetime;
        if (newLifetime) {
            state.beginLifetime();
        }
        state.uid = uid != null ? uid : newLifetime ? null : state.uid;
        state.presence = Presence.PRESENT;
        Facts facts = new Facts(Kind.CHANGED)
                .existence(existence)
                .newLifetime(newLifetime)
                .bodies(event.hasBody());
        if (Bodies.isScale(response) && response != null) {
            return scale(state, event, request, response, facts);
        }
        if (Bodies.isObjectItself(response) && response != null) {
            return stored(state, event, request, response, facts);
        }
        if (request != null && !Bodies.isScale(request) && (Bodies.isObjectItself(request) || request.isArray())) {
            return requested(state, event, request, facts);
        }
        Slice replicas = Bodies.isScale(request) ? Members.first(Members.first(request, "spec"), "replicas") : null;
        if (replicas == null && event.subresource().equals("scale")) {
            replicas = Members.first(Members.first(request, "spec"), "replicas");
        }
        if (replicas != null) {
            return scaled(state, event, replicas, Confidence.INFERRED, List.of(), facts);
        }
        state.stale = state.stale || state.hasBody();
        return new Tracked(observation(state, event, facts), Note.JUDGED);
    }

    private static Existence existence(ObjectState state, boolean created, boolean otherLifetime) {
        boolean there = state.presence == Presence.PRESENT && !state.deletionAsked;
        if (created) {
            return there ? Existence.CREATED_AFTER_HIDDEN_DELETE : Existence.CREATED;
        }
        return otherLifetime ? Existence.APPEARED : Existence.UNCHANGED;
    }

    /** A write whose reply shows the object as it was stored. */
    private Tracked stored(ObjectState state, AuditEvent event, @Nullable Slice request, Slice response, Facts facts) {
        Slice told = event.response();
        facts.bytes(told == null ? response.length() : told.length());
        Node root = root(event, response, state);
        Disclosure disclosure = disclosure(event);
        RequestKind kind = request == null ? RequestKind.WHOLE : RequestKind.of(event, request);
        List<Refusal> refusals = request == null
                ? List.of()
                : askedNotStored.compare(
                        kind, request, response, event.part(), root, Bodies.isSecret(event), disclosure);
        facts.asked(asked(refusals, event));
        boolean sameVersion = event.version() != null && event.version().equals(state.version);
        Slice held = state.body();
        if (held != null && sameVersion && !state.stale) {
            boolean released = Bodies.isTerminating(response) && !Bodies.hasFinalizers(response);
            if (released && Bodies.hasFinalizers(held)) {
                gone(state);
                return new Tracked(observation(state, event, facts), Note.JUDGED);
            }
            return new Tracked(observation(state, event, facts.noOp()), Note.NO_OP);
        }
        Note note = Note.JUDGED;
        if (held != null) {
            boolean gap = event.verb() == Verb.UPDATE && isOverGap(state, event, request);
            String before = state.apiVersion;
            String now = Members.firstText(response, "apiVersion");
            boolean otherVersion = before != null && now != null && !before.equals(now);
            List<Difference> differences = differ.diff(held, response, root, otherVersion, disclosure);
            Touch touch = request == null ? null : new Touch(kind, request, event.part(), root);
            Confidence confidence = gap || request == null ? Confidence.INFERRED : Confidence.CONFIRMED;
            facts.changes(changes(differences, touch, refusals, state.stale, confidence));
            note = state.stale ? Note.RESYNCHRONISED : gap ? Note.OVER_A_GAP : Note.JUDGED;
        }
        hold(state, response);
        return new Tracked(observation(state, event, facts), note);
    }

    private static boolean isOverGap(ObjectState state, AuditEvent event, @Nullable Slice request) {
        String base = event.baseVersion();
        if (base == null) {
            base = Members.firstText(Members.first(request, "metadata"), "resourceVersion");
        }
        return base != null && !base.isEmpty() && state.version != null && !base.equals(state.version);
    }

    private static List<FieldChange> changes(
            List<Difference> differences,
            @Nullable Touch touch,
            List<Refusal> refusals,
            boolean stale,
            Confidence confidence) {
        Set<String> refused = refusals.isEmpty()
                ? Set.of()
                : refusals.stream().map(r -> r.path().toString()).collect(Collectors.toSet());
        List<FieldChange> changes = new ArrayList<>(differences.size());
        for (Difference d : differences) {
            Owner owner;
            if (stale) {
                owner = Owner.NOBODY;
            } else if (!refused.isEmpty() && refused.contains(d.path().toString())) {
                owner = Owner.ADMISSION;
            } else {
                owner = touch == null || touch.owns(d.path(), d.to().isAbsent()) ? Owner.ACTOR : Owner.NOBODY;
            }
            changes.add(change(d, owner, confidence));
        }
        return changes;
    }

    private static FieldChange change(Difference d, Owner owner, Confidence confidence) {
        String list = d.list() == null ? null : d.list().toString();
        return new FieldChange(d.path().toString(), d.from(), d.to(), owner, confidence, d.derived(), list);
    }

    private static List<AskedChange> asked(List<Refusal> refusals, AuditEvent event) {
        if (refusals.isEmpty()) {
            return List.of();
        }
        String program = event.admission() == null ? Actor.UNKNOWN_PROGRAM : event.admission();
        return refusals.stream()
                .map(r -> new AskedChange(r.path().toString(), r.asked(), r.stored(), program))
                .toList();
    }

    /** A write that only its request tells of. */
    private Tracked requested(ObjectState state, AuditEvent event, Slice request, Facts facts) {
        Node root = root(event, request, state);
        RequestKind kind = RequestKind.of(event, request);
        String actor = event.actor().account() + " "
                + (event.actor().inPod()
                        ? event.actor().instance()
                        : event.actor().program()) + " " + event.part();
        Slice held = state.body();
        byte[] after = StateEditor.after(held, kind, request, state.lastAsked.get(actor), event.part(), root);
        if (after == null) {
            state.stale = true;
            return new Tracked(observation(state, event, facts), Note.JUDGED);
        }
        if (held != null) {
            List<FieldChange> changes = new ArrayList<>();
            for (Difference d : differ.diff(held, Slice.of(after), root, false, disclosure(event))) {
                if (!isFirstSight(state, d)) {
                    changes.add(change(d, Owner.ACTOR, Confidence.INFERRED));
                }
                if (d.to().isAbsent()) {
                    state.rememberAbsent(d.path().toString());
                }
            }
            facts.changes(changes);
        }
        state.keep(Slice.of(after));
        noteType(state, request);
        if (kind == RequestKind.WHOLE || kind == RequestKind.APPLY) {
            state.remember(actor, Bodies.stored(request));
        }
        boolean whole = kind == RequestKind.WHOLE;
        state.mainComplete |= whole && event.part() == Part.MAIN;
        state.statusComplete |= whole && (event.part() == Part.STATUS || event.verb() == Verb.CREATE);
        state.stale &= !whole;
        describe(state, Slice.of(after));
        return new Tracked(observation(state, event, facts), Note.JUDGED);
    }

    /** A path that was never known, in an object of which not all is known: a baseline, no change. */
    private static boolean isFirstSight(ObjectState state, Difference d) {
        boolean complete = d.path().root().equals("status") ? state.statusComplete : state.mainComplete;
        return d.from().isAbsent()
                && !complete
                && !state.knownAbsent.contains(d.path().toString());
    }

    private Tracked scale(ObjectState state, AuditEvent event, @Nullable Slice request, Slice response, Facts facts) {
        Slice replicas = Members.first(Members.first(response, "spec"), "replicas");
        Node root = schema.root("autoscaling/v1", "Scale");
        List<Refusal> refusals = request == null
                ? List.of()
                : askedNotStored.compare(
                        RequestKind.of(event, request), request, response, Part.MAIN, root, false, disclosure(event));
        facts.asked(asked(refusals, event));
        if (event.version() != null && event.version().equals(state.version) && state.hasBody() && !state.stale) {
            return new Tracked(observation(state, event, facts.noOp()), Note.NO_OP);
        }
        Slice value = replicas != null ? replicas : Slice.of("0");
        return scaled(state, event, value, Confidence.CONFIRMED, refusals, facts);
    }

    private Tracked scaled(
            ObjectState state,
            AuditEvent event,
            Slice replicas,
            Confidence confidence,
            List<Refusal> refusals,
            Facts facts) {
        Slice held = state.body();
        byte[] after = StateEditor.withReplicas(held, replicas);
        if (after == null) {
            state.stale = true;
            return new Tracked(observation(state, event, facts), Note.JUDGED);
        }
        if (held != null) {
            Node root = root(event, Slice.of(after), state);
            List<FieldChange> changes = new ArrayList<>();
            for (Difference d : differ.diff(held, Slice.of(after), root, false, disclosure(event))) {
                if (!isFirstSight(state, d)) {
                    Owner owner = state.stale ? Owner.NOBODY : refusals.isEmpty() ? Owner.ACTOR : Owner.ADMISSION;
                    changes.add(change(d, owner, confidence));
                }
            }
            facts.changes(changes);
        }
        state.keep(Slice.of(after));
        return new Tracked(observation(state, event, facts), Note.JUDGED);
    }

    private void hold(ObjectState state, Slice body) {
        Bodies.keep(body, state);
        state.mainComplete = true;
        state.statusComplete = true;
        state.stale = false;
        noteType(state, body);
        describe(state, body);
    }

    private static void noteType(ObjectState state, Slice body) {
        String apiVersion = Members.firstText(body, "apiVersion");
        String kind = Members.firstText(body, "kind");
        state.apiVersion = apiVersion != null ? apiVersion : state.apiVersion;
        state.kind = kind != null ? kind : state.kind;
    }

    private static void describe(ObjectState state, Slice body) {
        Slice metadata = Members.first(body, "metadata");
        state.controlled = Bodies.isControlled(metadata);
        state.muted = Members.firstText(Members.first(metadata, "annotations"), IGNORE);
    }

    private Node root(AuditEvent event, Slice body, ObjectState state) {
        String kind = Members.firstText(body, "kind");
        String apiVersion = Members.firstText(body, "apiVersion");
        kind = kind != null
                ? kind
                : state.kind != null ? state.kind : Kinds.of(event.object().resource());
        apiVersion = apiVersion != null ? apiVersion : state.apiVersion;
        if (apiVersion == null) {
            String group = event.object().group();
            apiVersion = group.isEmpty() ? "v1" : group + "/v1";
        }
        return schema.root(apiVersion, kind == null ? "" : kind);
    }

    private Disclosure disclosure(AuditEvent event) {
        if (redact) {
            return Disclosure.DIGEST;
        }
        boolean configMap = event.object().resource().equals("configmaps")
                && event.object().group().isEmpty();
        return configMap ? Disclosure.BRIEF : Disclosure.PLAIN;
    }

    private static Observation observation(ObjectState state, AuditEvent event, Facts facts) {
        return facts.observation(state, event, state.bodyBytes());
    }
}
