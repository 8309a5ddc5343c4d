package io.patchwar.model.audit;

import io.patchwar.model.json.JsonText;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an audit event says, as far as it was read: mostly where it stands, since most events are passed over before anything
 * but their first few words was needed. Used again for the next event; one thread.
 */
final class EventOutline {
    private final Scope scope;
    private final Words words;
    private byte[] b = {};

    boolean isEvent;
    long auditID;
    long uri;
    long userAgent;
    long received;
    long time;

    @Nullable
    String stage;

    @Nullable
    String verb;

    String account = "";

    @Nullable
    String impersonated;

    @Nullable
    String pod;

    boolean objectSeen;
    long group;
    long resource;
    long namespace;
    long name;
    long claimedUid;
    long baseVersion;
    String subresource = "";
    long request;

    /** The same as {@link #request}, where its members were looked at. */
    final BodyOutline asked = new BodyOutline();

    final BodyOutline stored = new BodyOutline();

    EventOutline(Scope scope, Words words) {
        this.scope = scope;
        this.words = words;
    }

    /** Forgets all, for an event that stands in that buffer. */
    void begin(byte[] buffer) {
        b = buffer;
        isEvent = false;
        auditID = Stretch.NONE;
        uri = Stretch.NONE;
        userAgent = Stretch.NONE;
        received = Stretch.NONE;
        time = Stretch.NONE;
        stage = null;
        verb = null;
        account = "";
        impersonated = null;
        pod = null;
        objectSeen = false;
        group = Stretch.NONE;
        resource = Stretch.NONE;
        namespace = Stretch.NONE;
        name = Stretch.NONE;
        claimedUid = Stretch.NONE;
        baseVersion = Stretch.NONE;
        subresource = "";
        request = Stretch.NONE;
        asked.forget();
        stored.forget();
    }

    /** Whether the stamps seen so far say when the request came in. */
    boolean isReceived() {
        return instant(received) != null;
    }

    /** Why this event cannot matter, null while it can. Asked again whenever more is known. */
    @Nullable
    SkipReason irrelevance() {
        if (stage != null && !EventHead.isLast(stage)) {
            return SkipReason.STAGE;
        }
        if (verb != null && Verb.of(verb) == null) {
            return SkipReason.READ;
        }
        if (objectSeen) {
            if (!scope.covers(bounded(group), bounded(resource))) {
                return SkipReason.OUT_OF_SCOPE;
            }
            if (!EventHead.isTelling(subresource)) {
                return SkipReason.SUBRESOURCE;
            }
        }
        return null;
    }

    /** Writes into a cleared head what was read. */
    void tell(EventHead head) {
        head.isEvent = isEvent;
        head.auditID = text(auditID);
        head.stage = stage;
        head.uri = text(uri);
        head.verb = verb;
        head.account = account;
        head.impersonated = impersonated;
        head.pod = pod;
        head.userAgent = word(userAgent);
        head.objectSeen = objectSeen;
        head.group = bounded(group);
        head.resource = bounded(resource);
        head.namespace = bounded(namespace);
        head.name = Identity.bounded(text(name));
        head.subresource = subresource;
        // What is stored goes before what the client claims.
        boolean claimed = Stretch.isEmpty(stored.uid) || stored.isStatus(b, words);
        head.claimedUid = claimed ? textOrNull(claimedUid) : null;
        head.baseVersion = textOrNull(baseVersion);
        Slice whole = asked.slice(b);
        head.request = whole == null ? slice(request) : whole;
        head.received = instant(received);
        head.time = instant(time);
        tellResponse(head);
    }

    /** Writes into the head what was read of the reply. */
    void tellResponse(EventHead head) {
        head.response = stored.slice(b);
        head.statusReply = stored.isStatus(b, words);
        // Who asks for a name by its reference needs none from the reply; that is nearly everybody.
        head.storedName = head.name.isEmpty() ? textOrNull(stored.name) : null;
        head.storedUid = textOrNull(stored.uid);
        head.storedVersion = textOrNull(stored.version);
    }

    private @Nullable Instant instant(long stretch) {
        return stretch == Stretch.NONE ? null : Timestamps.parse(b, Stretch.from(stretch), Stretch.to(stretch));
    }

    private String bounded(long stretch) {
        return Identity.bounded(word(stretch));
    }

    private String word(long stretch) {
        return stretch == Stretch.NONE ? "" : words.text(b, Stretch.from(stretch), Stretch.to(stretch));
    }

    private String text(long stretch) {
        return stretch == Stretch.NONE ? "" : JsonText.decode(b, Stretch.from(stretch), Stretch.to(stretch));
    }

    private @Nullable String textOrNull(long stretch) {
        return stretch == Stretch.NONE ? null : text(stretch);
    }

    private @Nullable Slice slice(long stretch) {
        return stretch == Stretch.NONE ? null : new Slice(b, Stretch.from(stretch), Stretch.to(stretch));
    }
}
