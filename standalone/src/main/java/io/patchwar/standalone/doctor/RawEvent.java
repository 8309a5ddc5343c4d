package io.patchwar.standalone.doctor;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An audit event with what the head's reader leaves out: level, stages, reads, and what its envelopes say. Used again for the
 * next; points into the buffer that it was read from.
 */
final class RawEvent {
    Slice whole = Slice.of("{}");
    String server = "";
    String auditID = "";
    String level = "";
    String recordedLevel = "";
    String stage = "";
    String verb = "";
    String uri = "";
    String user = "";
    String group = "";
    String resource = "";
    String subresource = "";
    String namespace = "";
    String name = "";
    String received = "";
    String stamp = "";
    int code;
    boolean truncated;

    @Nullable
    Slice request;

    @Nullable
    Slice response;

    /** What the outermost envelope says of when it was made; null if it is none or says nothing. */
    @Nullable
    Instant shipped;

    /** Azure's category, empty elsewhere. */
    String category = "";

    /** Reads the document; false if it is no audit event. */
    boolean read(Slice document, String from) {
        clear();
        whole = document;
        server = from;
        boolean event = false;
        try {
            Members m = new Members(document);
            while (m.next()) {
                event |= m.keyIs("auditID");
                readMember(m);
            }
        } catch (MalformedJsonException e) {
            return false;
        }
        return event && !verb.isEmpty();
    }

    private void clear() {
        auditID = "";
        level = "";
        recordedLevel = "";
        stage = "";
        verb = "";
        uri = "";
        user = "";
        group = "";
        resource = "";
        subresource = "";
        namespace = "";
        name = "";
        received = "";
        stamp = "";
        code = 0;
        truncated = false;
        request = null;
        response = null;
    }

    private void readMember(Members m) {
        switch (m.key()) {
            case "auditID" -> auditID = m.value().text();
            case "level" -> level = m.value().text();
            case "k8s_audit_level", "openshift_audit_level" ->
                recordedLevel = m.value().text();
            case "stage" -> stage = m.value().text();
            case "verb" -> verb = m.value().text();
            case "requestURI" -> uri = m.value().text();
            case "user" -> user = text(m.value(), "username");
            case "objectRef" -> readObject(m.value());
            case "responseStatus" -> code = number(Members.find(m.value(), "code"));
            case "requestObject" -> request = m.value();
            case "responseObject" -> response = m.value();
            case "requestReceivedTimestamp" -> received = m.value().text();
            case "stageTimestamp" -> stamp = m.value().text();
            case "annotations" -> truncated = "true".equals(Members.text(m.value(), "audit.k8s.io/truncated"));
            default -> {}
        }
    }

    private void readObject(Slice reference) {
        group = text(reference, "apiGroup");
        resource = text(reference, "resource");
        subresource = text(reference, "subresource");
        namespace = text(reference, "namespace");
        name = text(reference, "name");
    }

    private static String text(Slice object, String member) {
        String text = Members.text(object, member);
        return text == null ? "" : text;
    }

    private static int number(@Nullable Slice value) {
        String text = value == null ? "" : value.raw();
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }

    /** When its stage ended; null if it does not say. */
    @Nullable
    Instant time() {
        try {
            return stamp.isEmpty() ? null : Instant.parse(stamp);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What was recorded of it. OpenShift's forwarder has a level of its own in the place of this one. */
    String level() {
        return recordedLevel.isEmpty() ? level : recordedLevel;
    }

    boolean isComplete() {
        return stage.equals("ResponseComplete") || stage.equals("Panic");
    }

    boolean isWrite() {
        return switch (verb) {
            case "create", "update", "patch", "delete", "deletecollection" -> true;
            default -> false;
        };
    }

    /** A write that was stored: complete, and answered with 2xx. */
    boolean isStored() {
        return isWrite() && isComplete() && code >= 200 && code < 300;
    }

    /** {@code deployments.apps}. */
    String kind() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** {@code services default/web}. */
    String object() {
        return kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
