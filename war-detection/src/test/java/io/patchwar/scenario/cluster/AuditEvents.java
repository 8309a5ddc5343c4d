package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a request and its reply down as one audit event, key for key and escape for escape as kube-apiserver does. */
final class AuditEvents {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final ObjectMapper json = new ObjectMapper();
    private final AuditLevel level;

    AuditEvents(AuditLevel level) {
        this.level = level;
        json.getFactory().setCharacterEscapes(new GoEscapes());
    }

    byte[] line(
            UUID id, Request request, Reply reply, @Nullable JsonNode recordedBody, Instant received, Instant done) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        boolean panic = request.mishap() instanceof Request.Broken broken
                && broken.stage().equals("Panic");
        event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1").put("level", level.text());
        event.put("auditID", id.toString()).put("stage", panic ? "Panic" : "ResponseComplete");
        event.put("requestURI", request.uri()).put("verb", request.verb());
        event.set("user", request.by().user());
        if (request.by().impersonated() != null) {
            event.putObject("impersonatedUser")
                    .put("username", request.by().impersonated())
                    .putArray("groups")
                    .add("system:authenticated");
        }
        event.putArray("sourceIPs").add(request.by().address());
        if (request.by().agent() != null) {
            event.put("userAgent", request.by().agent());
        }
        event.set("objectRef", reference(request, recordedBody));
        event.set("responseStatus", status(request, reply));
        boolean truncated = request.mishap() instanceof Request.Truncated;
        if (level != AuditLevel.METADATA && !truncated && recordedBody != null) {
            event.set("requestObject", recordedBody);
        }
        if (level == AuditLevel.REQUEST_RESPONSE && !truncated && !panic) {
            event.set("responseObject", reply.body());
        }
        event.put("requestReceivedTimestamp", MICROS.format(received)).put("stageTimestamp", MICROS.format(done));
        event.set("annotations", annotations(reply.annotations(), truncated));
        try {
            return json.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode reference(Request request, @Nullable JsonNode body) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.put("resource", request.kind().resource());
        if (!request.namespace().isEmpty()) {
            reference.put("namespace", request.namespace());
        }
        if (!request.name().isEmpty()) {
            reference.put("name", request.name());
        }
        boolean whole = request.verb().equals("create") || request.verb().equals("update");
        String uid = whole && body instanceof ObjectNode tree ? Request.claimed(tree, "uid") : "";
        String version = whole && body instanceof ObjectNode tree ? Request.claimed(tree, "resourceVersion") : "";
        if (!uid.isEmpty()) {
            reference.put("uid", uid);
        }
        if (!request.kind().group().isEmpty()) {
            reference.put("apiGroup", request.kind().group());
        }
        reference.put("apiVersion", request.version());
        if (!version.isEmpty()) {
            reference.put("resourceVersion", version);
        }
        if (!request.subresource().isEmpty()) {
            reference.put("subresource", request.subresource());
        }
        return reference;
    }

    /** For an object the code alone; for a Status what it says, without its kind, and the code last. */
    private static ObjectNode status(Request request, Reply reply) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.putObject("metadata");
        if (request.mishap() instanceof Request.Broken broken && broken.stage().equals("Closed")) {
            return status.put("message", "Connection closed early").put("code", 200);
        }
        if (reply.body().path("kind").asText().equals("Status")) {
            for (String key : new String[] {"status", "message", "reason", "details"}) {
                if (reply.body().has(key)) {
                    status.set(key, reply.body().get(key));
                }
            }
        }
        return status.put("code", reply.code());
    }

    private static ObjectNode annotations(Map<String, String> ofAdmission, boolean truncated) {
        Map<String, String> sorted = new TreeMap<>(ofAdmission);
        sorted.put("authorization.k8s.io/decision", "allow");
        sorted.put("authorization.k8s.io/reason", "");
        if (truncated) {
            sorted.put("audit.k8s.io/truncated", "true");
        }
        ObjectNode annotations = JsonNodeFactory.instance.objectNode();
        sorted.forEach(annotations::put);
        return annotations;
    }

    /** Go's encoder escapes these three, so that JSON can stand inside HTML. */
    private static final class GoEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['&'] = ESCAPE_CUSTOM;
            codes['<'] = ESCAPE_CUSTOM;
            codes['>'] = ESCAPE_CUSTOM;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            // In lower case, unlike Jackson's own.
            return new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
        }
    }
}
