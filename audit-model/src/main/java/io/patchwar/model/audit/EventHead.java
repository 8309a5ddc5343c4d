package io.patchwar.model.audit;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.ResourceVersion;
import io.patchwar.model.json.Ascii;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An audit event while it is being read: what is known so far, and whether that is enough to know that it cannot
 * matter. Used again for the next event; one thread.
 */
final class EventHead {
    /** What the API server writes of almost every request that it accepts. */
    private static final Ascii USUAL_STATUS = Ascii.of("{\"metadata\":{},\"code\":200}");

    private final Scope scope;
    private final Actors actors = new Actors();

    boolean isEvent;

    String auditID = "";

    @Nullable
    String stage;

    String uri = "";

    @Nullable
    String verb;

    String account = "";

    @Nullable
    String impersonated;

    @Nullable
    String pod;

    String userAgent = "";
    boolean objectSeen;
    String group = "";
    String resource = "";
    String namespace = "";
    String name = "";
    String subresource = "";

    @Nullable
    String claimedUid;

    @Nullable
    String baseVersion;

    int code;
    String reason = "";
    String message = "";

    @Nullable
    Slice status;

    @Nullable
    Slice request;

    @Nullable
    Slice response;

    boolean statusReply;

    @Nullable
    String storedName;

    @Nullable
    String storedUid;

    @Nullable
    String storedVersion;

    @Nullable
    Instant received;

    @Nullable
    Instant time;

    boolean truncated;
    /** As ingest noted it, 0 if it did not. */
    int replyBytes;

    boolean dryRun;

    @Nullable
    String patchedBy;

    @Nullable
    String mutatedBy;

    EventHead(Scope scope) {
        this.scope = scope;
    }

    void clear() {
        isEvent = false;
        auditID = "";
        stage = null;
        uri = "";
        verb = null;
        account = "";
        impersonated = null;
        pod = null;
        userAgent = "";
        objectSeen = false;
        group = "";
        resource = "";
        namespace = "";
        name = "";
        subresource = "";
        claimedUid = null;
        baseVersion = null;
        code = 0;
        reason = "";
        message = "";
        status = null;
        request = null;
        response = null;
        statusReply = false;
        storedName = null;
        storedUid = null;
        storedVersion = null;
        received = null;
        time = null;
        truncated = false;
        replyBytes = 0;
        dryRun = false;
        patchedBy = null;
        mutatedBy = null;
    }

    /** Whether a request is complete in that stage. */
    static boolean isLast(String stage) {
        return stage.equals("ResponseComplete") || stage.equals("Panic");
    }

    /** Whether what is written to that subresource says something about its object. */
    static boolean isTelling(String subresource) {
        return AuditEvent.isState(subresource) || subresource.equals("eviction");
    }

    /** Why this event cannot matter, null if it can. */
    @Nullable
    SkipReason irrelevance() {
        if (stage != null && !isLast(stage)) {
            return SkipReason.STAGE;
        }
        if (verb != null && Verb.of(verb) == null) {
            return SkipReason.READ;
        }
        if (objectSeen) {
            if (!scope.covers(group, resource)) {
                return SkipReason.OUT_OF_SCOPE;
            }
            if (!isTelling(subresource)) {
                return SkipReason.SUBRESOURCE;
            }
        }
        return null;
    }

    void readStatus(Slice raw) {
        status = raw;
        reason = "";
        message = "";
        if (USUAL_STATUS.is(raw.bytes(), raw.from(), raw.to())) {
            code = 200;
            return;
        }
        if (!raw.isObject()) {
            return;
        }
        Members m = new Members(raw);
        while (m.next()) {
            if (m.keyIs("code")) {
                code = code(m.value());
            } else if (m.keyIs("reason")) {
                reason = m.value().isString() ? m.value().text() : "";
            } else if (m.keyIs("message")) {
                message = m.value().isString() ? m.value().text() : "";
            }
        }
    }

    private static int code(Slice value) {
        byte[] b = value.bytes();
        int code = 0;
        for (int i = value.from(); i < value.to(); i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9 || value.length() != 3) {
                return 0;
            }
            code = 10 * code + digit;
        }
        return code;
    }

    void readAnnotation(String key, String value) {
        if (key.equals("audit.k8s.io/truncated")) {
            truncated = value.equals("true");
        } else if (key.startsWith("patch.webhook.admission.k8s.io/")) {
            patchedBy = webhook(value);
        } else if (key.startsWith("mutation.webhook.admission.k8s.io/") && value.contains("\"mutated\":true")) {
            mutatedBy = webhook(value);
        } else if (key.equals("command.gke.io/dryRun")) {
            dryRun = value.equals("true");
        } else if (key.equals(EventAnnotations.REPLY_BYTES)) {
            replyBytes = EventAnnotations.bytes(value);
        }
    }

    private static @Nullable String webhook(String json) {
        try {
            String name = Members.text(Slice.of(json), "webhook");
            return name == null ? null : Identity.bounded(name);
        } catch (RuntimeException e) {
            // An annotation that a logging system cut; it names nobody, and the event is good all the same.
            return null;
        }
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * Hands the finished event to the sink, as an event, or with the reason why it is none that matters. What {@link
     * #irrelevance} says was asked before.
     */
    void finish(String cluster, String source, AuditSink sink) {
        Verb write = verb == null ? null : Verb.of(verb);
        if (!objectSeen) {
            sink.skipped(SkipReason.NO_OBJECT);
            return;
        }
        Query query = Query.of(uri);
        if (dryRun || query.dryRun() || (isDelete(write) && namesDryRun(request))) {
            sink.skipped(SkipReason.DRY_RUN);
            return;
        }
        Instant at = time != null ? time : received;
        if (at == null || write == null) {
            sink.rejected(
                    at == null ? RejectReason.NO_TIME : RejectReason.DAMAGED,
                    (at == null ? RejectReason.NO_TIME : RejectReason.DAMAGED).explanation());
            return;
        }
        deliver(write, query, at, cluster, source, sink);
    }

    private void deliver(Verb write, Query query, Instant at, String cluster, String source, AuditSink sink) {
        boolean collection = write == Verb.DELETECOLLECTION;
        String objectName = name.isEmpty() && !collection ? orEmpty(storedName) : name;
        if (objectName.isEmpty() && !collection) {
            sink.skipped(resource.isEmpty() ? SkipReason.NO_OBJECT : SkipReason.NO_NAME);
            return;
        }
        String version = statusReply || collection ? null : storedVersion;
        boolean namespaceItself = resource.equals("namespaces") && group.isEmpty();
        sink.accepted(new AuditEvent(
                Identity.bounded(auditID),
                received == null ? at : received,
                at,
                uri,
                write,
                actors.of(
                        impersonated != null ? impersonated : account,
                        query.fieldManager(),
                        userAgent,
                        impersonated != null ? null : pod),
                query.fieldManager(),
                query.force(),
                new ObjectRef(cluster, group, resource, namespaceItself ? "" : namespace, Identity.bounded(objectName)),
                subresource,
                uid(write),
                baseVersion == null || baseVersion.isEmpty() ? null : baseVersion,
                version != null && ResourceVersion.isComparable(version) ? version : null,
                code,
                reason,
                message,
                status,
                request,
                statusReply ? null : response,
                replyBytes(),
                truncated,
                patchedBy != null ? patchedBy : mutatedBy,
                source,
                outcome()));
    }

    /**
     * Of the reply, as the event itself names it, or of the status, in that order. An API server names no uid in a deletion's
     * objectRef (facts: {@code audit-events} 1.8): there it is what another reader found, and holds over what the status says.
     */
    private @Nullable String uid(Verb write) {
        String stored = statusReply ? Members.firstText(Members.first(response, "details"), "uid") : storedUid;
        if (stored != null && !stored.isEmpty()) {
            return stored;
        }
        if (claimedUid != null && !claimedUid.isEmpty()) {
            return claimedUid;
        }
        String told = isDelete(write) ? Members.firstText(Members.first(status, "details"), "uid") : null;
        return told == null || told.isEmpty() ? null : told;
    }

    private int replyBytes() {
        if (statusReply || response == null) {
            return 0;
        }
        return replyBytes > 0 ? replyBytes : response.length();
    }

    private Outcome outcome() {
        if ("Panic".equals(stage) || message.equals("Connection closed early") || reason.equals("Timeout")) {
            return Outcome.UNKNOWN;
        }
        if (code >= 200 && code < 300) {
            return Outcome.ACCEPTED;
        }
        return code >= 400 && code < 500 ? Outcome.REJECTED : Outcome.UNKNOWN;
    }

    private static boolean isDelete(@Nullable Verb verb) {
        return verb == Verb.DELETE || verb == Verb.DELETECOLLECTION;
    }

    private static boolean namesDryRun(@Nullable Slice options) {
        Slice dryRun = Members.first(options, "dryRun");
        return dryRun != null && dryRun.isArray() && new Members(dryRun).next();
    }
}
