package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** JSON merge patch (RFC 7396): objects merge, null removes, a list is replaced as a whole. */
final class MergePatch {

    private MergePatch() {}

    static JsonNode of(ObjectNode base, List<Edit> edits) {
        ObjectNode after = base.deepCopy();
        Edit.apply(edits, after);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (Edit edit : edits) {
            FieldAddress place = edit.at().beforeLists();
            JsonNode value = place.in(after);
            place.set(patch, value == null ? NullNode.instance : value.deepCopy());
        }
        return patch;
    }

    static void apply(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(entry -> {
            JsonNode asked = entry.getValue();
            if (asked.isNull()) {
                target.remove(entry.getKey());
            } else if (asked.isObject()) {
                JsonNode held = target.get(entry.getKey());
                ObjectNode inner = held instanceof ObjectNode object ? object : target.putObject(entry.getKey());
                apply(inner, asked);
            } else {
                target.set(entry.getKey(), asked.deepCopy());
            }
        });
    }
}
