package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.json.JsonText;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Paths that come again and again, made once: the same fields of many objects change in nearly every write. A newer path takes
 * the place of an older one, so that this stays small whatever is read. One thread.
 */
final class Paths {
    private static final int PLACES = 1 << 9;

    private final @Nullable FieldPath[] paths = new @Nullable FieldPath[PLACES];
    private final @Nullable FieldPath[] items = new @Nullable FieldPath[PLACES];

    /** The member that the walk stands on, of the object at {@code parent}. */
    FieldPath member(@Nullable FieldPath parent, Members on) {
        return member(parent, on.bytes(), on.keyFrom(), on.keyTo());
    }

    /** The member of the object at {@code parent} whose name stands between the quotes, {@code b[from, to)}. */
    FieldPath member(@Nullable FieldPath parent, byte[] b, int from, int to) {
        int hash = System.identityHashCode(parent);
        for (int i = from; i < to; i++) {
            hash = 31 * hash + b[i];
        }
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        FieldPath known = paths[place];
        if (known != null && isParent(parent, known) && isName(known.name(), b, from, to)) {
            return known;
        }
        FieldPath made = FieldPath.member(parent, JsonText.decode(b, from, to));
        paths[place] = made;
        return made;
    }

    /**
     * The item of the keyed list at {@code list}.
     *
     * @param key what {@link ItemPairs#key} says of the item; if the list has one key, that one's text
     */
    FieldPath item(FieldPath list, String key, Slice item, Node node) {
        if (node.keys().size() != 1) {
            return FieldPath.item(list, Objects.requireNonNull(ListItems.keyOf(item, node)));
        }
        int hash = 31 * System.identityHashCode(list) + key.hashCode();
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        FieldPath known = items[place];
        if (known != null
                && isParent(list, known)
                && key.equals(known.keys().get(node.keys().get(0)))) {
            return known;
        }
        FieldPath made = FieldPath.item(list, Objects.requireNonNull(ListItems.keyOf(item, node)));
        items[place] = made;
        return made;
    }

    @SuppressWarnings("ReferenceEquality") // Other objects for the same path only cost, and mean the same.
    private static boolean isParent(@Nullable FieldPath parent, FieldPath path) {
        return path.parent() == parent;
    }

    /** Whether the bytes are the name; never so where they hold an escape, or anything but ASCII. */
    private static boolean isName(String name, byte[] b, int from, int to) {
        if (name.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (b[i] != name.charAt(i - from) || b[i] < 0 || b[i] == '\\') {
                return false;
            }
        }
        return true;
    }
}
