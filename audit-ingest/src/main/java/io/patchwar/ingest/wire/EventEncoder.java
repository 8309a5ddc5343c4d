package io.patchwar.ingest.wire;

import io.patchwar.model.Actor;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.EventAnnotations;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes an accepted event as a slim {@code audit.k8s.io/v1} event: the members that a reader makes an equal event of, whatever
 * envelope or cloud it came from, and no others. Bodies are copied as they stand, without managedFields, and an annotation tells
 * how long the reply was with them; a deletion out of a collection is an event of its own. One thread.
 */
public final class EventEncoder {
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();
    private static final DateTimeFormatter NANOS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private final JsonBytes out = new JsonBytes();

    public byte[] encode(AuditEvent event) {
        return encode(event, event.received(), event.time());
    }

    /** The event with other stamps than its own. */
    public byte[] encode(AuditEvent event, Instant received, Instant time) {
        out.clear().raw("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"");
        out.raw(event.response() != null ? "RequestResponse" : event.request() != null ? "Request" : "Metadata");
        out.raw("\",\"auditID\":").text(event.auditID());
        out.raw(",\"stage\":\"").raw(isPanic(event) ? "Panic" : "ResponseComplete");
        out.raw("\",\"requestURI\":").text(event.uri());
        out.raw(",\"verb\":\"").raw(event.verb().word()).raw("\"");
        writeUser(event);
        writeObject(event);
        writeStatus(event);
        writeBody("requestObject", event.request());
        int replyBytes = writeBody("responseObject", event.response());
        out.raw(",\"requestReceivedTimestamp\":\"").raw(stamp(received));
        out.raw("\",\"stageTimestamp\":\"").raw(stamp(time)).raw("\"");
        writeAnnotations(event, event.replyBytes() == replyBytes ? 0 : event.replyBytes());
        return out.raw("}").copy();
    }

    /** What no other member of the event explains must have been a panic. */
    private static boolean isPanic(AuditEvent event) {
        int hundreds = event.code() / 100;
        return event.outcome() == Outcome.UNKNOWN
                && (hundreds == 2 || hundreds == 4)
                && !event.message().equals("Connection closed early")
                && !event.reason().equals("Timeout");
    }

    private static String stamp(Instant time) {
        return (time.truncatedTo(ChronoUnit.MICROS).equals(time) ? MICROS : NANOS).format(time);
    }

    private void writeUser(AuditEvent event) {
        Actor actor = event.actor();
        out.raw(",\"user\":{\"username\":").text(actor.account());
        if (actor.inPod()) {
            out.raw(",\"extra\":{\"authentication.kubernetes.io/pod-name\":[")
                    .text(actor.instance())
                    .raw("]}");
        }
        out.raw("}");
        String agent = actor.inPod() ? agent(actor.program(), event.fieldManager()) : actor.instance();
        if (!agent.isEmpty()) {
            out.raw(",\"userAgent\":").text(agent);
        }
    }

    /** A user agent of which a reader makes that program: in a pod, the event no longer holds the client's own. */
    private static String agent(String program, @Nullable String fieldManager) {
        if (fieldManager != null && !fieldManager.equals("kube-controller-manager")) {
            return "";
        }
        if (program.equals(Actor.UNKNOWN_PROGRAM)) {
            return "";
        }
        boolean controller = fieldManager != null || program.indexOf('/') >= 0;
        return controller && !program.equals("kube-controller-manager")
                ? "kube-controller-manager/v0 (linux/amd64) kubernetes/0/" + program
                : program + "/v0";
    }

    private void writeObject(AuditEvent event) {
        out.raw(",\"objectRef\":{\"resource\":").text(event.object().resource());
        member("namespace", event.object().namespace());
        member("name", event.object().name());
        member("uid", event.uid());
        member("apiGroup", event.object().group());
        member("resourceVersion", event.baseVersion());
        member("subresource", event.subresource());
        out.raw("}");
    }

    private void member(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.raw(",\"").raw(name).raw("\":").text(value);
        }
    }

    private void writeStatus(AuditEvent event) {
        Slice status = event.status();
        if (status != null) {
            out.raw(",\"responseStatus\":").raw(status.bytes(), status.from(), status.to());
        } else if (event.code() != 0) {
            out.raw(",\"responseStatus\":{\"code\":").raw(String.valueOf(event.code()));
            member("reason", event.reason());
            member("message", event.message());
            out.raw("}");
        }
    }

    /** Returns how many bytes the body has now. */
    private int writeBody(String name, @Nullable Slice body) {
        if (body == null) {
            return 0;
        }
        out.raw(",\"").raw(name).raw("\":");
        int begun = out.size();
        try {
            copyWithoutManagedFields(body);
        } catch (MalformedJsonException e) {
            // Broken inside, and copied as it stands: readers take it as the first one did.
            out.cut(begun);
            out.raw(body.bytes(), body.from(), body.to());
        }
        return out.size() - begun;
    }

    /**
     * An empty list takes the place of managedFields, as that there are any tells a merge patch from an apply. They stand in the
     * first metadata, near the body's beginning: nothing behind it is looked at.
     */
    private void copyWithoutManagedFields(Slice body) {
        byte[] b = body.bytes();
        int from = body.from();
        Members root = new Members(body);
        while (body.isObject() && root.next()) {
            if (!root.keyIs("metadata")) {
                continue;
            }
            Members metadata = new Members(root.value());
            while (root.value().isObject() && metadata.next()) {
                if (metadata.keyIs("managedFields")) {
                    out.raw(b, from, metadata.keyFrom() - 1);
                    out.raw("\"managedFields\":[]");
                    from = metadata.valueTo();
                }
            }
            break;
        }
        out.raw(b, from, body.to());
    }

    /** @param replyBytes to be noted, 0 if the reply itself tells */
    private void writeAnnotations(AuditEvent event, int replyBytes) {
        String comma = ",\"annotations\":{";
        if (event.truncated()) {
            out.raw(comma).raw("\"audit.k8s.io/truncated\":\"true\"");
            comma = ",";
        }
        if (event.admission() != null) {
            JsonBytes inner = new JsonBytes();
            inner.raw("{\"webhook\":").text(event.admission()).raw("}");
            out.raw(comma).raw("\"patch.webhook.admission.k8s.io/round_0_index_0\":");
            out.text(new String(inner.copy(), StandardCharsets.UTF_8));
            comma = ",";
        }
        if (replyBytes > 0) {
            out.raw(comma).raw("\"").raw(EventAnnotations.REPLY_BYTES).raw("\":\"");
            out.raw(String.valueOf(replyBytes)).raw("\"");
            comma = ",";
        }
        if (comma.equals(",")) {
            out.raw("}");
        }
    }
}
