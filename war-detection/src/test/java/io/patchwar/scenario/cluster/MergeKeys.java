package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchwar.scenario.cluster.FieldAddress.Item;
import io.patchwar.scenario.cluster.FieldAddress.Name;
import io.patchwar.scenario.cluster.FieldAddress.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which lists of the built-in kinds are merged by key, from the markings of the Kubernetes API types
 * ({@code patchMergeKey} for strategic patches, {@code x-kubernetes-list-map-keys} for apply). Only lists that the
 * scenarios write to; every other list is one value.
 */
final class MergeKeys {

    private static final Map<String, List<String>> STRATEGIC = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("webhooks", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("ports", List.of("port")));

    private MergeKeys() {}

    /** The key fields by which a strategic patch merges the list at this place; empty where it replaces. */
    static List<String> strategic(FieldAddress list) {
        return STRATEGIC.getOrDefault(lastKey(list), List.of());
    }

    /** The key fields by which an apply merges the list at this place; empty where the list is one value. */
    static List<String> apply(FieldAddress list) {
        return switch (lastKey(list)) {
            case "imagePullSecrets" -> List.of();
            case "ports" -> List.of("port", "protocol");
            default -> strategic(list);
        };
    }

    /** Whether the list is a set of strings, merged by member. */
    static boolean isSet(FieldAddress list) {
        return lastKey(list).equals("finalizers");
    }

    static Item item(List<String> keys, JsonNode item) {
        Map<String, String> named = new LinkedHashMap<>();
        // The one key that may be left out: its default stands in the schema.
        keys.forEach(key -> named.put(key, item.path(key).asText(key.equals("protocol") ? "TCP" : "")));
        return new Item(named);
    }

    private static String lastKey(FieldAddress address) {
        Step last = address.steps().get(address.steps().size() - 1);
        return last instanceof Name key ? key.name() : "";
    }
}
