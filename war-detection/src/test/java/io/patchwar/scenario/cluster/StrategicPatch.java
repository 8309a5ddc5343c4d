package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchwar.scenario.cluster.FieldAddress.Item;
import io.patchwar.scenario.cluster.FieldAddress.Member;
import io.patchwar.scenario.cluster.FieldAddress.Name;
import io.patchwar.scenario.cluster.FieldAddress.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge patch: a merge patch that knows list keys. {@code $patch: delete} removes an item,
 * {@code $deleteFromPrimitiveList/…} a member; {@code $setElementOrder/…} is accepted and orders nothing here.
 */
final class StrategicPatch {

    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_MEMBERS = "$deleteFromPrimitiveList/";

    private StrategicPatch() {}

    static JsonNode of(List<Edit> edits) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        edits.forEach(edit -> ask(patch, edit.at().steps(), edit.to()));
        return patch;
    }

    private static void ask(ObjectNode into, List<Step> steps, @Nullable JsonNode to) {
        String name = ((Name) steps.get(0)).name();
        if (steps.size() == 1) {
            if (to == null) {
                into.putNull(name);
            } else {
                into.set(name, to.deepCopy());
            }
        } else if (steps.get(1) instanceof Member member) {
            String list = to == null ? DELETE_MEMBERS + name : name;
            array(into, list).add(member.value());
        } else if (steps.get(1) instanceof Item item) {
            ask(array(into, name), item, steps.subList(2, steps.size()), to);
        } else {
            ObjectNode inner = into.get(name) instanceof ObjectNode object ? object : into.putObject(name);
            ask(inner, steps.subList(1, steps.size()), to);
        }
    }

    private static void ask(ArrayNode list, Item item, List<Step> below, @Nullable JsonNode to) {
        int index = FieldAddress.indexIn(list, item);
        ObjectNode entry = index < 0 ? FieldAddress.withKeys(item) : (ObjectNode) list.get(index);
        if (index < 0) {
            list.add(entry);
        }
        if (!below.isEmpty()) {
            ask(entry, below, to);
        } else if (to == null) {
            entry.put("$patch", "delete");
        } else {
            entry.setAll((ObjectNode) to.deepCopy());
        }
    }

    private static ArrayNode array(ObjectNode into, String name) {
        return into.get(name) instanceof ArrayNode list ? list : into.putArray(name);
    }

    static void apply(ObjectNode target, JsonNode patch) {
        apply(target, patch, null);
    }

    private static void apply(ObjectNode target, JsonNode patch, @Nullable FieldAddress here) {
        patch.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode asked = entry.getValue();
            if (name.startsWith(ORDER)) {
                return; // After the items are what they shall be.
            }
            if (name.startsWith(DELETE_MEMBERS)) {
                JsonNode list = target.path(name.substring(DELETE_MEMBERS.length()));
                asked.forEach(member -> dropMember(list, member.asText()));
            } else if (!name.startsWith("$")) {
                Name key = new Name(name);
                apply(target, name, asked, here == null ? new FieldAddress(List.of(key)) : here.plus(key));
            }
        });
        patch.properties().forEach(entry -> {
            if (entry.getKey().startsWith(ORDER)) {
                Name key = new Name(entry.getKey().substring(ORDER.length()));
                FieldAddress list = here == null ? new FieldAddress(List.of(key)) : here.plus(key);
                order(target.path(key.name()), entry.getValue(), MergeKeys.strategic(list));
            }
        });
    }

    /** Puts the named items in this order, and those that are not named behind them. */
    private static void order(JsonNode list, JsonNode names, List<String> keys) {
        if (!(list instanceof ArrayNode items)) {
            return;
        }
        ArrayNode rest = items.deepCopy();
        items.removeAll();
        for (JsonNode name : names) {
            int index = FieldAddress.indexIn(
                    rest, name.isObject() ? MergeKeys.item(keys, name) : new Member(name.asText()));
            if (index >= 0) {
                items.add(rest.remove(index));
            }
        }
        items.addAll(rest);
    }

    private static void apply(ObjectNode target, String name, JsonNode asked, FieldAddress here) {
        JsonNode held = target.get(name);
        if (asked.isNull()) {
            target.remove(name);
        } else if (asked.isObject()) {
            apply(held instanceof ObjectNode object ? object : target.putObject(name), asked, here);
        } else if (asked.isArray() && MergeKeys.isSet(here)) {
            ArrayNode list = array(target, name);
            asked.forEach(member -> {
                if (FieldAddress.indexIn(list, new Member(member.asText())) < 0) {
                    list.add(member);
                }
            });
        } else if (asked.isArray() && !MergeKeys.strategic(here).isEmpty()) {
            mergeItems(array(target, name), (ArrayNode) asked, here);
        } else {
            target.set(name, asked.deepCopy());
        }
    }

    private static void mergeItems(ArrayNode list, ArrayNode asked, FieldAddress here) {
        List<String> keys = MergeKeys.strategic(here);
        for (JsonNode item : asked) {
            Item named = MergeKeys.item(keys, item);
            int index = FieldAddress.indexIn(list, named);
            if (item.path("$patch").asText().equals("delete")) {
                if (index >= 0) {
                    list.remove(index);
                }
            } else if (index < 0) {
                list.add(item.deepCopy());
            } else {
                apply((ObjectNode) list.get(index), item, here.plus(named));
            }
        }
    }

    private static void dropMember(JsonNode list, String member) {
        if (list instanceof ArrayNode array) {
            array.removeIf(each -> each.equals(TextNode.valueOf(member)));
        }
    }
}
