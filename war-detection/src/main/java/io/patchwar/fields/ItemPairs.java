package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two keyed lists that hold the same items in the same order, as nearly all that change do: which items differ is known then
 * without a map of them. One thread.
 */
final class ItemPairs {
    private static final int MOST = 64;

    private final Words words = new Words(1 << 8);
    private final List<String> keys = new ArrayList<>();

    /**
     * Of two lists of that kind the items that differ, byte for byte: each as it was, and then as it is; null where the lists are
     * not of that kind, or long.
     */
    @Nullable
    List<Slice> different(Slice before, Slice after, Node node) {
        if (node.list() != ListKind.KEYED || !before.isArray() || !after.isArray()) {
            return null;
        }
        keys.clear();
        List<Slice> different = new ArrayList<>(4);
        Members a = new Members(before);
        Members b = new Members(after);
        while (a.next()) {
            Slice item = a.value();
            String key = key(item, node);
            if (key == null || keys.contains(key) || keys.size() == MOST || !b.next()) {
                return null;
            }
            keys.add(key);
            Slice other = b.value();
            if (!item.sameBytes(other)) {
                if (!key.equals(key(other, node))) {
                    return null;
                }
                different.add(item);
                different.add(other);
            }
        }
        return b.next() ? null : different;
    }

    /**
     * The items of a keyed list, where they are few and each has a key of its own: their keys and their values, in the list's order.
     *
     * @return false where the list is long, or no such list; nothing is to be known of what was added then
     */
    boolean index(Slice list, Node node, List<String> itsKeys, List<Slice> itsItems) {
        if (node.list() != ListKind.KEYED || !list.isArray()) {
            return false;
        }
        Members m = new Members(list);
        while (m.next()) {
            Slice item = m.value();
            String key = key(item, node);
            if (key == null || itsKeys.contains(key) || itsKeys.size() == MOST) {
                return false;
            }
            itsKeys.add(key);
            itsItems.add(item);
        }
        return true;
    }

    /** A text that is the same for items that have the same merge keys; null for one that has none. */
    @Nullable
    String key(Slice item, Node node) {
        if (!item.isObject()) {
            return null;
        }
        String key = null;
        for (String name : node.keys()) {
            Slice value = Members.find(item, name);
            String text = value == null || value.isNull() ? node.keyDefault(name) : text(value);
            if (text != null && node.keys().size() == 1) {
                return text;
            }
            if (text != null) {
                key = (key == null ? "" : key) + name + '\u0000' + text + '\u0000';
            }
        }
        return key;
    }

    private String text(Slice value) {
        return value.isString() ? words.text(value.bytes(), value.from() + 1, value.to() - 1) : value.raw();
    }
}
