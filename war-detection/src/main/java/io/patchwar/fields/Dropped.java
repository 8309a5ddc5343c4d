package io.patchwar.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.fields.KubernetesSchema.Node;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an apply takes back by leaving it out: what its manager applied before, as far as that still stands. */
final class Dropped {
    /** Members of list items that the API server adds to what clients send. */
    private static final Set<String> FILLED_IN = Set.of(
            "protocol",
            "ipMode",
            "targetPort",
            "imagePullPolicy",
            "terminationMessagePath",
            "terminationMessagePolicy");

    private Dropped() {}

    /**
     * Takes from {@code held} what {@code before} had and {@code wanted} does not repeat.
     *
     * @param wanted null where nothing of it is repeated
     */
    static void remove(ObjectNode held, ObjectNode before, @Nullable ObjectNode wanted, Node node) {
        before.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode own = entry.getValue();
            JsonNode old = held.get(key);
            JsonNode now = wanted == null ? null : wanted.get(key);
            if (now == null && own.equals(old)) {
                held.remove(key);
            } else if (old instanceof ObjectNode there && own instanceof ObjectNode mine) {
                if (now == null || now.isObject()) {
                    remove(there, mine, (ObjectNode) now, node.field(key));
                }
            } else if (old instanceof ArrayNode there && own instanceof ArrayNode mine) {
                if ((now == null || now.isArray()) && node.field(key).list() != ListKind.ATOMIC) {
                    removeItems(there, mine, (ArrayNode) now, node.field(key));
                }
            }
        });
    }

    private static void removeItems(ArrayNode held, ArrayNode before, @Nullable ArrayNode wanted, Node node) {
        for (JsonNode own : before) {
            int at = StrategicList.indexOf(held, own, node);
            JsonNode repeated = wanted == null ? null : wanted.get(StrategicList.indexOf(wanted, own, node));
            if (held.get(at) instanceof ObjectNode there && own instanceof ObjectNode mine) {
                ObjectNode beyondKeys = mine.deepCopy().remove(node.keys());
                remove(there, beyondKeys, repeated instanceof ObjectNode now ? now : null, node.item());
                if (repeated == null && isFilledIn(there, node)) {
                    held.remove(at);
                }
            } else if (at >= 0 && repeated == null) {
                held.remove(at);
            }
        }
    }

    /** Whether nothing is left of an item but its keys and what nobody has asked for. */
    private static boolean isFilledIn(ObjectNode item, Node node) {
        for (Map.Entry<String, JsonNode> member : item.properties()) {
            JsonNode value = member.getValue();
            boolean empty = value.isContainerNode() && value.isEmpty();
            if (!empty && !node.keys().contains(member.getKey()) && !FILLED_IN.contains(member.getKey())) {
                return false;
            }
        }
        return true;
    }
}
