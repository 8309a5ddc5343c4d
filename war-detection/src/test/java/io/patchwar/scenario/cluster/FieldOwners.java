package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.scenario.cluster.FieldAddress.Item;
import io.patchwar.scenario.cluster.FieldAddress.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which field of one object, as server-side apply keeps it in {@code managedFields}: enough for conflicts, for
 * shared ownership, and for taking a field away by leaving it out.
 */
final class FieldOwners {

    /** One entry of {@code managedFields}. */
    record Owner(String manager, boolean applies, String subresource, String apiVersion) {
        boolean sameManager(Owner other) {
            return manager.equals(other.manager) && applies == other.applies && subresource.equals(other.subresource);
        }

        String shown() {
            String of =
                    "\"" + manager + "\"" + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"");
            return applies ? of : of + " using " + apiVersion;
        }
    }

    record Conflict(FieldAddress field, Owner owner) {}

    private final Map<Owner, Set<FieldAddress>> owned;

    FieldOwners() {
        this(new LinkedHashMap<>());
    }

    private FieldOwners(Map<Owner, Set<FieldAddress>> owned) {
        this.owned = owned;
    }

    FieldOwners copy() {
        Map<Owner, Set<FieldAddress>> copy = new LinkedHashMap<>();
        owned.forEach((owner, fields) -> copy.put(owner, new LinkedHashSet<>(fields)));
        return new FieldOwners(copy);
    }

    /** A create, PUT or patch: what it changed is now its alone. */
    void wrote(Owner writer, Map<FieldAddress, JsonNode> before, Map<FieldAddress, JsonNode> after) {
        Set<FieldAddress> mine = fieldsOf(writer);
        Set<FieldAddress> touched = new LinkedHashSet<>(before.keySet());
        touched.addAll(after.keySet());
        for (FieldAddress field : touched) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                owned.values().forEach(fields -> fields.remove(field));
                if (after.containsKey(field)) {
                    mine.add(field);
                }
            }
        }
    }

    List<Conflict> conflicts(Owner applier, Map<FieldAddress, JsonNode> asked, Map<FieldAddress, JsonNode> live) {
        List<Conflict> conflicts = new ArrayList<>();
        asked.forEach((field, value) -> {
            if (!value.equals(live.get(field))) {
                owned.forEach((owner, fields) -> {
                    if (!owner.sameManager(applier) && fields.contains(field)) {
                        conflicts.add(new Conflict(field, owner));
                    }
                });
            }
        });
        return conflicts;
    }

    /** Applies to {@code live} what was asked, takes away what the applier leaves out, and settles who owns what. */
    void apply(Owner applier, Map<FieldAddress, JsonNode> asked, ObjectNode live) {
        Set<FieldAddress> before = new HashSet<>(fieldsOf(applier));
        List<FieldAddress> dropped = new ArrayList<>(before);
        dropped.removeAll(asked.keySet());
        dropped.removeIf(field -> owned.entrySet().stream()
                .anyMatch(each ->
                        !each.getKey().sameManager(applier) && each.getValue().contains(field)));
        // The key of a list item goes last: without it the item's other fields cannot be found any more.
        dropped.sort(Comparator.comparing(FieldOwners::isItemKey).thenComparing(FieldAddress::toString));
        dropped.forEach(field -> drop(field, live));
        Map<FieldAddress, JsonNode> held = Leaves.of(live);
        asked.forEach((field, value) -> {
            if (!value.equals(held.get(field))) {
                owned.forEach((owner, fields) -> {
                    if (!owner.sameManager(applier)) {
                        fields.remove(field);
                    }
                });
                boolean emptyOverFilled = value.isObject() && field.in(live) instanceof ObjectNode;
                if (!emptyOverFilled) {
                    field.set(live, value.deepCopy());
                }
            }
        });
        Set<FieldAddress> mine = fieldsOf(applier);
        mine.clear();
        mine.addAll(asked.keySet());
    }

    boolean sameAs(FieldOwners other) {
        return filled().equals(other.filled());
    }

    private Map<Owner, Set<FieldAddress>> filled() {
        Map<Owner, Set<FieldAddress>> filled = new LinkedHashMap<>(owned);
        filled.values().removeIf(Set::isEmpty);
        return filled;
    }

    private Set<FieldAddress> fieldsOf(Owner owner) {
        return owned.computeIfAbsent(
                owned.keySet().stream().filter(owner::sameManager).findFirst().orElse(owner),
                each -> new LinkedHashSet<>());
    }

    private static boolean isItemKey(FieldAddress field) {
        int size = field.steps().size();
        return size > 1
                && field.steps().get(size - 1) instanceof Name key
                && field.steps().get(size - 2) instanceof Item item
                && item.keys().containsKey(key.name());
    }

    private static void drop(FieldAddress field, ObjectNode live) {
        field.remove(live);
        for (int size = field.steps().size() - 1; size > 1; size--) {
            FieldAddress parent = field.first(size);
            JsonNode node = parent.in(live);
            if (node != null && node.isContainerNode() && node.isEmpty()) {
                parent.remove(live);
            } else if (node == null && parent.steps().get(size - 1) instanceof Item) {
                sweep(parent.first(size - 1).in(live));
            }
        }
    }

    /** An item that lost its key field has lost its address, too: it is the one that is empty now. */
    private static void sweep(@Nullable JsonNode list) {
        if (list instanceof ArrayNode array) {
            array.removeIf(item -> item.isObject() && item.isEmpty());
        }
    }
}
