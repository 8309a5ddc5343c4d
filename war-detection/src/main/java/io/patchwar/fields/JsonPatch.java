package io.patchwar.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 6902 on a tree, leniently: the API server has accepted the patch, so an operation that does not fit the held state
 * only shows that this state is not the whole truth, and is passed over.
 */
final class JsonPatch {
    private JsonPatch() {}

    static void apply(ObjectNode document, JsonNode patch) {
        for (JsonNode operation : patch) {
            List<String> path = JsonPointer.steps(operation.path("path").asText());
            if (path.isEmpty()) {
                continue;
            }
            switch (operation.path("op").asText()) {
                case "add" -> add(document, path, operation.get("value"), true);
                case "replace" -> add(document, path, operation.get("value"), false);
                case "remove" -> remove(document, path);
                case "copy" -> add(document, path, find(document, from(operation)), true);
                case "move" -> {
                    JsonNode moved = find(document, from(operation));
                    remove(document, from(operation));
                    add(document, path, moved, true);
                }
                default -> {}
            }
        }
    }

    private static List<String> from(JsonNode operation) {
        return JsonPointer.steps(operation.path("from").asText());
    }

    private static @Nullable JsonNode find(JsonNode document, List<String> path) {
        JsonNode at = document;
        for (String step : path) {
            at = at == null ? null : at.isArray() ? at.get(index(step)) : at.get(step);
        }
        return at;
    }

    private static int index(String step) {
        return JsonPointer.isIndex(step) && step.length() < 9 && !step.equals("-") ? Integer.parseInt(step) : -1;
    }

    private static void add(ObjectNode document, List<String> path, @Nullable JsonNode value, boolean insert) {
        JsonNode parent = find(document, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        if (value == null) {
            return;
        }
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode list) {
            int at = last.equals("-") ? list.size() : index(last);
            if (insert && at >= 0 && at <= list.size()) {
                list.insert(at, value);
            } else if (at >= 0 && at < list.size()) {
                list.set(at, value);
            }
        } else if (parent == null && path.size() > 1) {
            // The held state lacks the parent that the server has: it is made, or the value would be forgotten.
            ObjectNode made = document.objectNode();
            made.set(last, value);
            add(document, path.subList(0, path.size() - 1), made, true);
        }
    }

    private static void remove(ObjectNode document, List<String> path) {
        if (path.isEmpty()) {
            return;
        }
        JsonNode parent = find(document, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        if (parent instanceof ObjectNode object) {
            object.remove(last);
        } else if (parent instanceof ArrayNode list && index(last) >= 0 && index(last) < list.size()) {
            list.remove(index(last));
        }
    }
}
