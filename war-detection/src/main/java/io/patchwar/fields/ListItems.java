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
