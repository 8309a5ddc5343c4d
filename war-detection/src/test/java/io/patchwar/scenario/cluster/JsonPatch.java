package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.scenario.cluster.FieldAddress.Name;
import io.patchwar.scenario.cluster.FieldAddress.Step;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON patch (RFC 6902) with the four operations that controllers use: add, replace, remove, test. */
final class JsonPatch {

    /** A patch that cannot be applied: a 422 of reason Invalid. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String message) {
            super(message);
        }
    }

    private JsonPatch() {}

    static ArrayNode of(ObjectNode base, List<Edit> edits) {
        ObjectNode tree = base.deepCopy();
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (Edit edit : edits) {
            ObjectNode operation = operation(tree, edit.at(), edit.to());
            if (operation != null) {
                patch.add(operation);
                Edit.apply(List.of(edit), tree);
            }
        }
        return patch;
    }

    /** One operation for one edit; null where there is nothing to remove. */
    private static @Nullable ObjectNode operation(ObjectNode tree, FieldAddress at, @Nullable JsonNode to) {
        StringBuilder pointer = new StringBuilder();
        JsonNode node = tree;
        int depth = 0;
        for (Step step : at.steps()) {
            JsonNode next = FieldAddress.child(node, step);
            if (next == null) {
                break;
            }
            pointer.append('/').append(token(node, step));
            node = next;
            depth++;
        }
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        if (depth == at.steps().size()) {
            operation.put("op", to == null ? "remove" : "replace").put("path", pointer.toString());
            return to == null ? operation : operation.set("value", to);
        }
        if (to == null) {
            return null;
        }
        Step missing = at.steps().get(depth);
        pointer.append('/').append(missing instanceof Name key ? escaped(key.name()) : "-");
        return operation.put("op", "add").put("path", pointer.toString()).set("value", remainder(at, depth, to));
    }

    /** The value to add at the first missing step, with everything below it that is missing, too. */
    private static JsonNode remainder(FieldAddress at, int depth, JsonNode to) {
        if (depth == at.steps().size() - 1) {
            return to;
        }
        ObjectNode scratch = JsonNodeFactory.instance.objectNode();
        at.set(scratch, to);
        return Objects.requireNonNull(at.first(depth + 1).in(scratch));
    }

    private static String token(JsonNode parent, Step step) {
        return step instanceof Name key ? escaped(key.name()) : Integer.toString(FieldAddress.indexIn(parent, step));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static void apply(ObjectNode target, JsonNode patch) {
        for (JsonNode operation : patch) {
            String path = operation.path("path").asText();
            int slash = path.lastIndexOf('/');
            JsonNode parent = target.at(path.substring(0, slash));
            String name = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
            switch (operation.path("op").asText()) {
                case "add" -> add(parent, name, operation.path("value"), path);
                case "replace" -> replace(parent, name, operation.path("value"), path);
                case "remove" -> remove(parent, name, path);
                case "test" -> test(target.at(path), operation.path("value"), path);
                default -> throw new Unfit("unknown operation: " + operation);
            }
        }
    }

    private static void add(JsonNode parent, String name, JsonNode value, String path) {
        if (parent instanceof ObjectNode object) {
            object.set(name, value.deepCopy());
        } else if (parent instanceof ArrayNode array) {
            int index = name.equals("-") ? array.size() : Integer.parseInt(name);
            array.insert(index, value.deepCopy());
        } else {
            throw new Unfit("add operation does not apply: doc is missing path: \"" + path + "\": missing value");
        }
    }

    private static void replace(JsonNode parent, String name, JsonNode value, String path) {
        if (parent instanceof ObjectNode object && object.has(name)) {
            object.set(name, value.deepCopy());
        } else if (parent instanceof ArrayNode array && array.has(Integer.parseInt(name))) {
            array.set(Integer.parseInt(name), value.deepCopy());
        } else {
            throw new Unfit("replace operation does not apply: doc is missing key: " + path + ": missing value");
        }
    }

    private static void remove(JsonNode parent, String name, String path) {
        boolean there = parent instanceof ObjectNode object
                ? object.remove(name) != null
                : parent instanceof ArrayNode array && array.remove(Integer.parseInt(name)) != null;
        if (!there) {
            throw new Unfit("remove operation does not apply: doc is missing path: \"" + path + "\": missing value");
        }
    }

    private static void test(JsonNode held, JsonNode wanted, String path) {
        if (!held.equals(wanted)) {
            throw new Unfit("testing value " + path + " failed: test failed");
        }
    }
}
