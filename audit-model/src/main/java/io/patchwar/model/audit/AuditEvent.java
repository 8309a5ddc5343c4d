package io.patchwar.model.audit;

import io.patchwar.model.Actor;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Part;
import io.patchwar.model.json.Slice;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One write, as an audit event tells it: head decoded, bodies left where they stand. The bodies point into the buffer
 * they were read from; whoever keeps an event longer than that buffer copies them.
 *
 * @param auditID as the API server or the client set it; not unique by itself
 * @param received when the request arrived
 * @param time when its reply was handed over; the event's time everywhere in Patchwar
 * @param uri path and query, for deduplication
 * @param fieldManager the query parameter, null if not given
 * @param force whether the query names {@code force}, which only an apply may
 * @param object the parent object, whatever the subresource; the name is empty for a {@code deletecollection}
 * @param subresource empty for the object itself
 * @param uid of the object's lifetime, from the reply, else as the client claims it; null if neither names one
 * @param baseVersion the resourceVersion an update was based on, null if it named none
 * @param version the resourceVersion of the reply, null if it has none that can be compared
 * @param code HTTP status, 0 if unknown
 * @param reason of a {@code Status} reply, else empty
 * @param message of a {@code Status} reply, else empty
 * @param status the {@code responseStatus} as it stands, null if absent
 * @param request body of the request, null if not recorded
 * @param response body of the reply, null if not recorded
 * @param replyBytes length of the reply as the API server told it, managedFields and all: more than that of {@code response}
 *     where ingest left something out; 0 if there is no response
 * @param truncated whether the API server cut the bodies off
 * @param admission the webhook that changed the request, null if none is named
 * @param source where the event came from, empty if nothing names it
 */
public record AuditEvent(
        String auditID,
        Instant received,
        Instant time,
        String uri,
        Verb verb,
        Actor actor,
        @Nullable String fieldManager,
        boolean force,
        ObjectRef object,
        String subresource,
        @Nullable String uid,
        @Nullable String baseVersion,
        @Nullable String version,
        int code,
        String reason,
        String message,
        @Nullable Slice status,
        @Nullable Slice request,
        @Nullable Slice response,
        int replyBytes,
        boolean truncated,
        @Nullable String admission,
        String source,
        Outcome outcome) {

    private static final Set<String> STATE =
            Set.of("", "status", "scale", "resize", "ephemeralcontainers", "finalize", "approval");

    /** Subresources that are state of their object. */
    static boolean isState(String subresource) {
        return STATE.contains(subresource);
    }

    /** The half of the object that this write goes to. */
    public Part part() {
        return subresource.equals("status") ? Part.STATUS : Part.MAIN;
    }

    /** An eviction: a delete will follow that nobody asks for in a write of its own. */
    public boolean isEviction() {
        return subresource.equals("eviction");
    }

    /** Whether the event shows what was written, in one body or both. */
    public boolean hasBody() {
        return request != null || response != null;
    }

    /** The same event as if its bodies had been too large to record. */
    public AuditEvent withoutBodies() {
        return copy(uri, verb, object, uid, version, message, null, null, null, true);
    }

    /** The same event with other bodies; without a reply it also has no version of its own. */
    public AuditEvent withBodies(
            String otherMessage,
            @Nullable Slice otherStatus,
            @Nullable Slice otherRequest,
            @Nullable Slice otherResponse,
            boolean cut) {
        return copy(
                uri,
                verb,
                object,
                uid,
                otherResponse == null ? null : version,
                otherMessage,
                otherStatus,
                otherRequest,
                otherResponse,
                cut);
    }

    /** How many bytes its bodies hold, the status among them. */
    public int bodyBytes() {
        return length(status) + length(request) + length(response);
    }

    /** The same event with its bodies copied to {@code target} from {@code at} on, so that it holds no other buffer. */
    public AuditEvent movedTo(byte[] target, int at) {
        int second = at + length(status);
        int third = second + length(request);
        return copy(
                uri,
                verb,
                object,
                uid,
                version,
                message,
                moved(status, target, at),
                moved(request, target, second),
                moved(response, target, third),
                truncated);
    }

    private static int length(@Nullable Slice body) {
        return body == null ? 0 : body.length();
    }

    private static @Nullable Slice moved(@Nullable Slice body, byte[] target, int at) {
        return body == null ? null : body.movedTo(target, at);
    }

    /** The deletion of one item of the collection that this event deleted; the item's name keeps it apart from the others. */
    public AuditEvent deletionOf(ObjectRef item, @Nullable String itemUid) {
        return copy(
                uri + "#" + item.name(), Verb.DELETE, item, itemUid, null, message, status, request, null, truncated);
    }

    private AuditEvent copy(
            String uri,
            Verb verb,
            ObjectRef object,
            @Nullable String uid,
            @Nullable String version,
            String message,
            @Nullable Slice status,
            @Nullable Slice request,
            @Nullable Slice response,
            boolean truncated) {
        return new AuditEvent(
                auditID,
                received,
                time,
                uri,
                verb,
                actor,
                fieldManager,
                force,
                object,
                subresource,
                uid,
                baseVersion,
                version,
                code,
                reason,
                message,
                status,
                request,
                response,
                response == null ? 0 : replyBytes,
                truncated,
                admission,
                source,
                outcome);
    }
}
