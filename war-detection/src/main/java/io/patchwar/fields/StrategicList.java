package io.patchwar.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.fields.KubernetesSchema.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists in a strategic merge patch or an apply: items meet by their merge keys. */
final class StrategicList {
    private StrategicList() {}

    static ArrayNode merge(ArrayNode held, ArrayNode patch, Node node, boolean apply) {
        ArrayNode result = held.deepCopy();
        for (JsonNode wanted : patch) {
            if (wanted.path("$patch").asText().equals("replace")) {
                result.removeAll();
                continue;
            }
            int at = indexOf(result, wanted, node);
            at = at < 0 && !apply ? mergedInto(result, wanted, node) : at;
            if (wanted.path("$patch").asText().equals("delete")) {
                if (at >= 0) {
                    result.remove(at);
                }
            } else if (at < 0) {
                result.add(wanted);
            } else if (wanted.isObject()) {
                result.set(at, StateEditor.strategicValue(result.get(at), wanted, node.item(), apply));
            }
        }
        return result;
    }

    static void removeElements(@Nullable JsonNode list, JsonNode elements) {
        if (!(list instanceof ArrayNode held)) {
            return;
        }
        for (JsonNode element : elements) {
            for (int i = held.size() - 1; i >= 0; i--) {
                if (held.get(i).equals(element)) {
                    held.remove(i);
                }
            }
        }
    }

    static int indexOf(ArrayNode list, JsonNode wanted, Node node) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            boolean same = item.isObject() ? keys(item, node).equals(keys(wanted, node)) : item.equals(wanted);
            if (same) {
                return i;
            }
        }
        return -1;
    }

    /** The item that has all the keys which the wanted one names: a strategic patch knows fewer of them. */
    private static int mergedInto(ArrayNode list, JsonNode wanted, Node node) {
        List<String> named = node.keys().stream().filter(wanted::has).toList();
        for (int i = 0; i < list.size() && !named.isEmpty(); i++) {
            JsonNode item = list.get(i);
            if (named.stream()
                    .allMatch(key ->
                            item.path(key).asText().equals(wanted.get(key).asText()))) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> keys(JsonNode item, Node node) {
        List<String> keys = new ArrayList<>();
        if (item instanceof ObjectNode object) {
            for (String name : node.keys()) {
                JsonNode value = object.get(name);
                String fallback = node.keyDefault(name);
                keys.add(value == null ? (fallback == null ? "" : fallback) : value.asText());
            }
        }
        return keys;
    }
}
