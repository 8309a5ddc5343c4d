package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON tree a field stands, written as {@code detection.md} section 2 writes it:
 * {@code spec.ports[port=80,protocol=TCP].nodePort}, {@code metadata.annotations[example.com/key]},
 * {@code metadata.finalizers[example.com/x]}. Brackets with {@code =} name a list item by its merge key, the others a map
 * key, or a member where the list is one of strings. Immutable.
 */
public record FieldAddress(List<Step> steps) {

    /** One step down: a key of an object, an item of a list of objects, a member of a list of strings. */
    public sealed interface Step permits Name, Item, Member {}

    public record Name(String name) implements Step {}

    public record Item(Map<String, String> keys) implements Step {
        boolean matches(JsonNode item) {
            return keys.entrySet().stream()
                    .allMatch(key -> item.path(key.getKey()).asText().equals(key.getValue()));
        }
    }

    public record Member(String value) implements Step {}

    public FieldAddress {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.get(0) instanceof Name)) {
            throw new IllegalArgumentException("a field address begins with a key");
        }
    }

    public static FieldAddress parse(String text) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                int end = text.indexOf(']', at);
                if (end < 0) {
                    throw new IllegalArgumentException("no closing bracket in field address: " + text);
                }
                steps.add(bracket(text.substring(at + 1, end), steps));
                at = end + 1;
            } else if (text.charAt(at) == '.') {
                at++;
            } else {
                int end = at;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                steps.add(new Name(text.substring(at, end)));
                at = end;
            }
        }
        return new FieldAddress(steps);
    }

    private static Step bracket(String inside, List<Step> before) {
        if (inside.contains("=")) {
            Map<String, String> keys = new LinkedHashMap<>();
            for (String pair : inside.split(",")) {
                int equals = pair.indexOf('=');
                keys.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            return new Item(keys);
        }
        boolean set = !before.isEmpty() && before.get(before.size() - 1).equals(new Name("finalizers"));
        return set ? new Member(inside) : new Name(inside);
    }

    FieldAddress plus(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldAddress(longer);
    }

    boolean startsWith(FieldAddress other) {
        return steps.size() >= other.steps.size()
                && steps.subList(0, other.steps.size()).equals(other.steps);
    }

    FieldAddress first(int count) {
        return new FieldAddress(steps.subList(0, count));
    }

    /** The part before the first list step: what a merge patch has to send whole. */
    FieldAddress beforeLists() {
        int count = 0;
        while (count < steps.size() && steps.get(count) instanceof Name) {
            count++;
        }
        return first(count);
    }

    /** What stands there, or null. */
    public @Nullable JsonNode in(JsonNode root) {
        JsonNode node = root;
        for (Step step : steps) {
            JsonNode next = child(node, step);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    static @Nullable JsonNode child(JsonNode node, Step step) {
        if (step instanceof Name key) {
            return node.get(key.name());
        }
        int index = indexIn(node, step);
        return index < 0 ? null : node.get(index);
    }

    static int indexIn(JsonNode list, Step step) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode each = list.get(i);
            if (step instanceof Item item
                    ? item.matches(each)
                    : step instanceof Member member && each.asText().equals(member.value())) {
                return i;
            }
        }
        return -1;
    }

    /** Puts a value there, making every parent that is missing. */
    public void set(ObjectNode root, JsonNode value) {
        JsonNode node = root;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            Step step = steps.get(i);
            JsonNode next = last ? value : child(node, step);
            if (!last && (next == null || next.isNull())) {
                next = empty(i + 1);
            }
            put(node, step, Objects.requireNonNull(next));
            node = Objects.requireNonNull(child(node, step));
        }
    }

    /** An empty container fit for the step at {@code index}, with its key fields if it is itself a list item. */
    private JsonNode empty(int index) {
        if (!(steps.get(index) instanceof Name)) {
            return JsonNodeFactory.instance.arrayNode();
        }
        return steps.get(index - 1) instanceof Item item ? withKeys(item) : JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode withKeys(Item item) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        item.keys().forEach((name, value) -> {
            if (value.matches("\\d{1,9}")) {
                node.put(name, Integer.parseInt(value));
            } else {
                node.put(name, value);
            }
        });
        return node;
    }

    private static void put(JsonNode node, Step step, JsonNode value) {
        if (step instanceof Name key) {
            ((ObjectNode) node).set(key.name(), value);
            return;
        }
        ArrayNode list = (ArrayNode) node;
        int index = indexIn(list, step);
        if (index < 0) {
            list.add(value);
        } else {
            list.set(index, value);
        }
    }

    /** Takes away what stands there, and says whether anything did. */
    public boolean remove(ObjectNode root) {
        JsonNode parent = steps.size() == 1 ? root : first(steps.size() - 1).in(root);
        Step last = steps.get(steps.size() - 1);
        if (parent == null || child(parent, last) == null) {
            return false;
        }
        if (last instanceof Name key) {
            ((ObjectNode) parent).remove(key.name());
        } else {
            ((ArrayNode) parent).remove(indexIn(parent, last));
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Name key && key.name().matches("[A-Za-z0-9_-]+")) {
                text.append(text.isEmpty() ? "" : ".").append(key.name());
            } else {
                text.append('[').append(inBrackets(step)).append(']');
            }
        }
        return text.toString();
    }

    private static String inBrackets(Step step) {
        if (step instanceof Item item) {
            return item.keys().entrySet().stream()
                    .map(key -> key.getKey() + "=" + key.getValue())
                    .collect(Collectors.joining(","));
        }
        return step instanceof Member member ? member.value() : ((Name) step).name();
    }
}
