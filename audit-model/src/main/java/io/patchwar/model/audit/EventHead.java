package io.patchwar.model.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.ResourceVersion;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An audit event while it is being read: what is known so far, and whether that is enough to know that it cannot
 * matter. Used again for the next event; one thread.
 */
final class EventHead {
    private static final String POD_NAME = "authentication.kubernetes.io/pod-name";

    private final Scope scope;

    boolean isEvent;

    @Nullable
    String kind;

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

    @Nullable
    Instant received;

    @Nullable
    Instant time;

    boolean truncated;
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
        kind = null;
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
        received = null;
        time = null;
        truncated = false;
        dryRun = false;
        patchedBy = null;
        mutatedBy = null;
    }

    /** Why this event cannot matter, null while it can. Asked again whenever more is known. */
    @Nullable
    SkipReason irrelevance() {
        if (stage != null && !stage.equals("ResponseComplete") && !stage.equals("Panic")) {
            return SkipReason.STAGE;
        }
        if (verb != null && Verb.of(verb) == null) {
            return SkipReason.READ;
        }
        if (objectSeen) {
            if (!scope.covers(group, resource)) {
                return SkipReason.OUT_OF_SCOPE;
            }
            if (!AuditEvent.isState(subresource) && !subresource.equals("eviction")) {
                return SkipReason.SUBRESOURCE;
            }
        }
        return null;
    }

    void readUser(JsonParser p, boolean impersonation) throws IOException {
        String username = "";
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            JsonToken value = p.nextToken();
            if (field.equals("username") && value == JsonToken.VALUE_STRING) {
                username = p.getText();
            } else if (field.equals("extra") && value == JsonToken.START_OBJECT && !impersonation) {
                readExtra(p);
            } else {
                p.skipChildren();
            }
        }
        if (impersonation) {
            impersonated = username.isEmpty() ? impersonated : username;
        } else {
            account = username;
        }
    }

    private void readExtra(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean podName = p.currentName().equals(POD_NAME);
            JsonToken value = p.nextToken();
            if (podName && value == JsonToken.START_ARRAY) {
                while (p.nextToken() != JsonToken.END_ARRAY) {
                    if (p.currentToken() == JsonToken.VALUE_STRING
                            && pod == null
                            && !p.getText().isEmpty()) {
                        pod = p.getText();
                    }
                    p.skipChildren();
                }
            } else {
                p.skipChildren();
            }
        }
    }

    void readObjectRef(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        objectSeen = true;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            JsonToken value = p.nextToken();
            if (value != JsonToken.VALUE_STRING) {
                p.skipChildren();
                continue;
            }
            switch (field) {
                case "resource" -> resource = Identity.bounded(p.getText());
                case "namespace" -> namespace = Identity.bounded(p.getText());
                case "name" -> name = Identity.bounded(p.getText());
                case "uid" -> claimedUid = p.getText();
                case "apiGroup" -> group = Identity.bounded(p.getText());
                case "resourceVersion" -> baseVersion = p.getText();
                case "subresource" -> subresource = p.getText();
                default -> {}
            }
        }
    }

    void readStatus(Slice raw) {
        status = raw;
        Slice codeValue = Members.find(raw, "code");
        if (codeValue != null && codeValue.isNumber() && codeValue.length() == 3) {
            code = Integer.parseInt(codeValue.raw());
        }
        reason = orEmpty(Members.text(raw, "reason"));
        message = orEmpty(Members.text(raw, "message"));
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

    /** Hands the finished event to the sink, as an event, or with the reason why it is none that matters. */
    void finish(String cluster, String source, AuditSink sink) {
        SkipReason irrelevant = irrelevance();
        Verb write = verb == null ? null : Verb.of(verb);
        if (irrelevant == null && !objectSeen) {
            irrelevant = SkipReason.NO_OBJECT;
        }
        if (irrelevant != null) {
            sink.skipped(irrelevant);
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
        Slice metadata = Members.first(response, "metadata");
        boolean collection = write == Verb.DELETECOLLECTION;
        String objectName = name.isEmpty() && !collection ? orEmpty(Members.firstText(metadata, "name")) : name;
        boolean statusReply = "Status".equals(Members.firstText(response, "kind"));
        if (objectName.isEmpty() && !collection) {
            sink.skipped(resource.isEmpty() ? SkipReason.NO_OBJECT : SkipReason.NO_NAME);
            return;
        }
        String uid = statusReply
                ? Members.firstText(Members.first(response, "details"), "uid")
                : Members.firstText(metadata, "uid");
        if (uid == null && isDelete(write)) {
            uid = Members.firstText(Members.first(status, "details"), "uid");
        }
        String version = statusReply || collection ? null : Members.firstText(metadata, "resourceVersion");
        boolean namespaceItself = resource.equals("namespaces") && group.isEmpty();
        sink.accepted(new AuditEvent(
                Identity.bounded(auditID),
                received == null ? at : received,
                at,
                uri,
                write,
                Identity.of(
                        impersonated != null ? impersonated : account,
                        query.fieldManager(),
                        userAgent,
                        impersonated != null ? null : pod),
                query.fieldManager(),
                query.force(),
                new ObjectRef(cluster, group, resource, namespaceItself ? "" : namespace, Identity.bounded(objectName)),
                subresource,
                uid != null ? uid : claimedUid,
                baseVersion == null || baseVersion.isEmpty() ? null : baseVersion,
                version != null && ResourceVersion.isComparable(version) ? version : null,
                code,
                reason,
                message,
                status,
                request,
                statusReply ? null : response,
                truncated,
                patchedBy != null ? patchedBy : mutatedBy,
                source,
                outcome()));
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
