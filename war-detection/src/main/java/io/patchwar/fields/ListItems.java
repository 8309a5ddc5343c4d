package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The items of a keyed or set list, found by their keys. */
final class ListItems {
    private static final int MOST = 20_000;

    private ListItems() {}

    /**
     * Items by merge key, in the list's order; elements of a set under the single key {@code ""}.
     *
     * @return null where a key is missing or stands twice: then the list is one value
     */
    static @Nullable Map<Map<String, String>, Slice> of(@Nullable Slice list, Node node) {
        Map<Map<String, String>, Slice> items = new LinkedHashMap<>();
        if (list == null) {
            return items;
        }
        if (!list.isArray()) {
            return null;
        }
        Members m = new Members(list);
        while (m.next()) {
            Slice item = m.value();
            Map<String, String> key = node.list() == ListKind.SET ? element(item) : keyOf(item, node);
            if (key == null || items.size() >= MOST || items.put(key, item) != null) {
                return null;
            }
        }
        return items;
    }

    private static @Nullable Map<String, String> element(Slice item) {
        return item.isObject() || item.isArray() ? null : Map.of("", item.text());
    }

    /**
     * The item that a strategic patch merges this one into: its keys are fewer than those of an apply ({@code port} without
     * {@code protocol}), so that what the item leaves out may be anything.
     *
     * @return null if no item of the list fits
     */
    static @Nullable Slice merged(Slice item, Slice list, Node node) {
        Members m = new Members(list);
        while (m.next()) {
            Map<String, String> keys = keyOf(m.value(), node);
            if (keys != null && names(item, keys, node)) {
                return m.value();
            }
        }
        return null;
    }

    /** Whether a strategic patch's item may mean the one with these keys: it names one of them, and none otherwise. */
    static boolean names(Slice item, Map<String, String> keys, Node node) {
        boolean named = false;
        for (String name : node.keys()) {
            Slice value = item.isObject() ? Members.find(item, name) : null;
            if (value != null && !value.isNull()) {
                if (!value.text().equals(keys.get(name))) {
                    return false;
                }
                named = true;
            }
        }
        return named;
    }

    /** The item's merge keys, those that it has or that have a default; null if it has none. */
    static @Nullable Map<String, String> keyOf(Slice item, Node node) {
        if (!item.isObject()) {
            return null;
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (String name : node.keys()) {
            Slice value = Members.find(item, name);
            String text = value == null || value.isNull() ? node.keyDefault(name) : value.text();
            if (text != null) {
                keys.put(name, text);
            }
        }
        return keys.isEmpty() ? null : keys;
    }

    /** Whether {@link #keyOf} says these keys of the item, without making them. */
    static boolean hasKeys(Slice item, Node node, Map<String, String> keys) {
        if (!item.isObject()) {
            return false;
        }
        int found = 0;
        for (String name : node.keys()) {
            Slice value = Members.find(item, name);
            String text = value == null || value.isNull() ? node.keyDefault(name) : value.text();
            if (!Objects.equals(text, keys.get(name))) {
                return false;
            }
            found += text == null ? 0 : 1;
        }
        return found == keys.size() && found > 0;
    }
}
