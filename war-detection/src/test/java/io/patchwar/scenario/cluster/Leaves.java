package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.scenario.cluster.FieldAddress.Member;
import io.patchwar.scenario.cluster.FieldAddress.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of an object that can have an owner: its leaves, with keyed lists opened and every other list one leaf. */
final class Leaves {

    private static final Set<String> NOBODYS = Set.of("apiVersion", "kind");
    private static final Set<String> NOBODYS_METADATA = Set.of(
            "name",
            "namespace",
            "generateName",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields");

    private Leaves() {}

    static Map<FieldAddress, JsonNode> of(ObjectNode tree) {
        Map<FieldAddress, JsonNode> leaves = new LinkedHashMap<>();
        tree.properties().forEach(entry -> {
            if (!NOBODYS.contains(entry.getKey())) {
                collect(new FieldAddress(List.of(new Name(entry.getKey()))), entry.getValue(), leaves);
            }
        });
        leaves.keySet()
                .removeIf(leaf -> leaf.steps().size() == 2
                        && leaf.steps().get(0).equals(new Name("metadata"))
                        && leaf.steps().get(1) instanceof Name key
                        && NOBODYS_METADATA.contains(key.name()));
        return leaves;
    }

    private static void collect(FieldAddress here, @Nullable JsonNode node, Map<FieldAddress, JsonNode> into) {
        if (node == null || node.isNull()) {
            return;
        }
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(entry -> collect(here.plus(new Name(entry.getKey())), entry.getValue(), into));
        } else if (node.isArray() && MergeKeys.isSet(here)) {
            node.forEach(member -> into.put(here.plus(new Member(member.asText())), member));
        } else if (isKeyed(here, node)) {
            List<String> keys = MergeKeys.apply(here);
            node.forEach(item -> collect(here.plus(MergeKeys.item(keys, item)), item, into));
        } else {
            into.put(here, node);
        }
    }

    private static boolean isKeyed(FieldAddress here, JsonNode node) {
        List<String> keys = MergeKeys.apply(here);
        if (!node.isArray() || keys.isEmpty()) {
            return false;
        }
        for (JsonNode item : node) {
            if (!item.isObject() || !item.has(keys.get(0))) {
                return false;
            }
        }
        return true;
    }
}
