package io.patchwar.ingest.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.model.json.Slice;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer without the client's values, which a refusal repeats: who denied and who is in the way are kept, and any
 * other words become a digest. One thread.
 */
final class StatusVeil {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLOSED_EARLY = "Connection closed early";
    private static final Pattern POLICY =
            Pattern.compile("ValidatingAdmissionPolicy '[^']{1,253}'|admission webhook \"[a-z0-9.-]{1,253}\" denied");
    private static final Pattern RIVAL = Pattern.compile(
            "conflict with \"[^\"]{1,128}\"( with subresource \"[a-z]{1,64}\")?( using [A-Za-z0-9./-]{1,253})?");

    private final RedactionKey key;

    StatusVeil(RedactionKey key) {
        this.key = key;
    }

    /** The status as it may travel; null if there is none, or none that can be read. */
    @Nullable
    Slice veil(@Nullable Slice status) {
        if (status == null) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(status.raw());
            if (!(tree instanceof ObjectNode from)) {
                return null;
            }
            ObjectNode to = JSON.createObjectNode();
            keep(from, to, List.of("kind", "apiVersion", "status", "reason", "code"));
            if (from.path("message").isTextual()) {
                to.put("message", message(from.path("message").textValue()));
            }
            if (from.path("details") instanceof ObjectNode details) {
                to.set("details", details(details));
            }
            return Slice.of(JSON.writeValueAsBytes(to));
        } catch (IOException e) {
            return null;
        }
    }

    private ObjectNode details(ObjectNode from) {
        ObjectNode to = JSON.createObjectNode();
        keep(from, to, List.of("name", "group", "kind", "uid", "retryAfterSeconds"));
        if (from.path("causes") instanceof ArrayNode causes) {
            ArrayNode kept = to.putArray("causes");
            for (JsonNode cause : causes) {
                if (cause instanceof ObjectNode object) {
                    kept.add(cause(object));
                }
            }
        }
        return to;
    }

    private ObjectNode cause(ObjectNode from) {
        ObjectNode to = JSON.createObjectNode();
        keep(from, to, List.of("reason", "field"));
        String message = from.path("message").asText("");
        if (!message.isEmpty()) {
            boolean rival = from.path("reason").asText("").equals("FieldManagerConflict")
                    && RIVAL.matcher(message).matches();
            to.put("message", rival ? message : key.ofText(message));
        }
        return to;
    }

    /** The message, but for what only the server says by itself, as a digest. */
    String message(String message) {
        if (message.isEmpty() || message.equals(CLOSED_EARLY)) {
            return message;
        }
        Matcher policy = POLICY.matcher(message);
        String digest = key.ofText(message);
        return policy.find() ? policy.group() + ": " + digest : digest;
    }

    /** Only plain values: what has members may hold anything. */
    private static void keep(ObjectNode from, ObjectNode to, List<String> names) {
        for (String name : names) {
            JsonNode value = from.get(name);
            if (value != null && value.isValueNode()) {
                to.set(name, value);
            }
        }
    }
}
