package io.patchwar.fields;

import io.patchwar.fields.ObjectState.Presence;
import io.patchwar.fields.Tracked.Note;
import io.patchwar.model.Confidence;
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
import io.patchwar.model.json.Words;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the writes of an object, in order, into what each changed and whose change it was ({@code detection.md} section
 * 2). Holds nothing between calls but buffers: the object's state is the caller's. One thread.
 */
public final class FieldTracker {
    private final StoredWrites storedWrites;
    private final RequestedWrites requestedWrites;
    private final Words words = new Words(1 << 8);
    private final SecretVeil veil;
    private final Rejections rejections = new Rejections();
    private final Duration grace;
    private final boolean redact;

    /**
     * @param grace how late a write may come: a version that falls back by more in time is a restored store
     * @param redact shows digests in place of all values
     */
    public FieldTracker(DigestKey key, Duration grace, boolean redact) {
        Comparison comparison = new Comparison(key, redact);
        this.storedWrites = new StoredWrites(comparison);
        this.requestedWrites = new RequestedWrites(comparison);
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
            return new Tracked(new Facts(Kind.REJECTED).rejected(rejection).observation(state, event), Note.JUDGED);
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
        return new Tracked(new Facts(Kind.CHANGED).existence(Existence.EVICTED).observation(state, event), Note.JUDGED);
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
        if (uid != null && !uid.equals(state.uid)) {
            state.uid = uid;
        }
        Existence existence = state.deletionAsked ? Existence.UNCHANGED : Existence.DELETED;
        state.deletionAsked = true;
        TypeMeta type = TypeMeta.of(response, words);
        if (response != null && Bodies.isObjectItself(response, type) && Bodies.outlivesDelete(response)) {
            StoredWrites.hold(state, response, type);
            state.presence = Presence.PRESENT;
        } else {
            state.vanish();
        }
        Facts facts = new Facts(Kind.CHANGED)
                .existence(existence)
                .newLifetime(newLifetime)
                .bodies(event.hasBody());
        return new Tracked(facts.observation(state, event), Note.JUDGED);
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
        if (uid == null || !uid.equals(state.uid)) { // else the same text lives on, and no younger one takes its place
            state.uid = uid != null ? uid : newLifetime ? null : state.uid;
        }
        state.presence = Presence.PRESENT;
        Facts facts = new Facts(Kind.CHANGED)
                .existence(existence)
                .newLifetime(newLifetime)
                .bodies(event.hasBody());
        TypeMeta type = TypeMeta.of(response, words);
        if (response != null && Bodies.isScale(type)) {
            return requestedWrites.takeScale(state, event, request, response, facts);
        }
        if (response != null && Bodies.isObjectItself(response, type)) {
            return storedWrites.take(state, event, request, response, type, facts);
        }
        TypeMeta asked = TypeMeta.of(request, words);
        boolean scale = Bodies.isScale(asked);
        if (request != null && !scale && (Bodies.isObjectItself(request, asked) || request.isArray())) {
            return requestedWrites.take(state, event, request, asked, facts);
        }
        Slice replicas = scale || event.subresource().equals("scale")
                ? Members.first(Members.first(request, "spec"), "replicas")
                : null;
        if (replicas != null) {
            return requestedWrites.takeReplicas(state, event, replicas, Confidence.INFERRED, List.of(), facts);
        }
        if (event.part() == Part.STATUS) {
            // Nothing but the status changes there, labels and annotations at most: who writes the rest is seen all the
            // same.
            state.staleStatus |= state.hasBody();
        } else {
            state.stale |= state.hasBody();
        }
        return new Tracked(facts.observation(state, event), Note.JUDGED);
    }

    private static Existence existence(ObjectState state, boolean created, boolean otherLifetime) {
        boolean there = state.presence == Presence.PRESENT && !state.deletionAsked;
        if (created) {
            return there ? Existence.CREATED_AFTER_HIDDEN_DELETE : Existence.CREATED;
        }
        return otherLifetime ? Existence.APPEARED : Existence.UNCHANGED;
    }
}
