package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** A refusal, as the API server words it: the {@code Status} object that the client gets and the event repeats. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final transient ObjectNode status;

    private Failure(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        status.put("code", code);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status.deepCopy();
    }

    static Failure notFound(ApiKind kind, String name) {
        return new Failure(404, "NotFound", quoted(kind, name) + " not found", details(kind, name));
    }

    static Failure alreadyExists(ApiKind kind, String name) {
        return new Failure(409, "AlreadyExists", quoted(kind, name) + " already exists", details(kind, name));
    }

    static Failure modified(ApiKind kind, String name) {
        return new Failure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + quoted(kind, name)
                        + ": the object has been modified; please apply your changes to the latest version and try again",
                details(kind, name));
    }

    static Failure versionOnCreate() {
        return new Failure(
                400,
                "BadRequest",
                "resourceVersion should not be set on objects to be created",
                JsonNodeFactory.instance.objectNode());
    }

    static Failure unfitPatch(ApiKind kind, String name, String message) {
        return new Failure(
                422,
                "Invalid",
                "the server rejected our request due to an error in our request: " + message,
                details(kind, name));
    }

    static Failure strategicOnCustom() {
        return new Failure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
                JsonNodeFactory.instance.objectNode());
    }

    /** A policy's or webhook's denial: named in the message, repeated in a cause where the code is 422. */
    static Failure denied(ApiKind kind, String name, int code, String reason, String message) {
        ObjectNode details = details(kind, name);
        if (code == 422) {
            details.putArray("causes").addObject().put("message", message);
        }
        boolean invalid = code == 422 && !message.startsWith("ValidatingAdmissionPolicy");
        String head = quoted(kind, name) + " is " + (invalid ? "invalid: " : "forbidden: ");
        return new Failure(code, reason, head + message, details);
    }

    static Failure server(int code) {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        return switch (code) {
            case 504 ->
                new Failure(
                        code,
                        "Timeout",
                        "Timeout: request did not complete within requested timeout - context deadline exceeded",
                        none);
            case 429 -> new Failure(code, "TooManyRequests", "Too many requests, please try again later.", none);
            default ->
                new Failure(code, "InternalError", "Internal error occurred: etcdserver: request timed out", none);
        };
    }

    static Failure applyConflict(List<FieldOwners.Conflict> conflicts) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode causes = details.putArray("causes");
        StringBuilder shown = new StringBuilder();
        for (FieldOwners.Conflict conflict : conflicts) {
            String field = inManagedFieldsWords(conflict.field());
            String with = "conflict with " + conflict.owner().shown();
            causes.addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", with)
                    .put("field", field);
            shown.append(conflicts.size() == 1 ? with + ": " + field : "\n- " + field);
        }
        String head = "Apply failed with " + conflicts.size() + (conflicts.size() == 1 ? " conflict: " : " conflicts:");
        return new Failure(409, "Conflict", head + shown, details);
    }

    /** {@code .spec.ports[port=80,protocol="TCP"].targetPort}: text quoted, numbers not. */
    private static String inManagedFieldsWords(FieldAddress field) {
        StringBuilder text = new StringBuilder();
        for (FieldAddress.Step step : field.steps()) {
            if (step instanceof FieldAddress.Name key) {
                text.append('.').append(key.name());
            } else if (step instanceof FieldAddress.Item item) {
                text.append('[');
                item.keys()
                        .forEach((name, value) -> text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
                                .append(name)
                                .append('=')
                                .append(value.matches("\\d+") ? value : TextNode.valueOf(value)));
                text.append(']');
            } else if (step instanceof FieldAddress.Member member) {
                JsonNode value = TextNode.valueOf(member.value());
                text.append("[=").append(value).append(']');
            }
        }
        return text.toString();
    }

    private static String quoted(ApiKind kind, String name) {
        return kind.qualified() + " \"" + name + "\"";
    }

    static ObjectNode details(ApiKind kind, String name) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("name", name);
        if (!kind.group().isEmpty()) {
            details.put("group", kind.group());
        }
        return details.put("kind", kind.resource());
    }
}
