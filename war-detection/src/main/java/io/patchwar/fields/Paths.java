package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.json.EightBytes;
import io.patchwar.model.json.JsonText;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Paths that come again and again, made once: the same fields of many objects change in nearly every write. A newer path takes
 * the place of an older one, so that this stays small whatever is read. One thread.
 */
final class Paths {
    private static final int PLACES = 1 << 9;

    /** What is named at greater length comes from a client that may have more of it. */
    private static final int LONGEST = 256;

    private final @Nullable FieldPath[] paths = new @Nullable FieldPath[PLACES];

    /** Of each path its last step's name, as it was written. */
    private final byte[][] names = new byte[PLACES][];

    private final @Nullable FieldPath[] items = new @Nullable FieldPath[PLACES];

    /** The member that the walk stands on, of the object at {@code parent}. */
    FieldPath member(@Nullable FieldPath parent, Members on) {
        return member(parent, on.bytes(), on.keyFrom(), on.keyTo());
    }

    /** The member of the object at {@code parent} whose name stands between the quotes, {@code b[from, to)}. */
    FieldPath member(@Nullable FieldPath parent, byte[] b, int from, int to) {
        int hash = System.identityHashCode(parent) + 31 * (to - from);
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            hash = 31 * hash + mixed(EightBytes.at(b, i));
        }
        for (; i < to; i++) {
            hash = 31 * hash + b[i];
        }
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        FieldPath known = paths[place];
        if (known != null
                && isParent(parent, known)
                && Arrays.equals(names[place], 0, names[place].length, b, from, to)) {
            return known;
        }
        FieldPath made = FieldPath.member(parent, JsonText.decode(b, from, to));
        if (to - from <= LONGEST) {
            paths[place] = made;
            names[place] = Arrays.copyOfRange(b, from, to);
        }
        return made;
    }

    private static int mixed(long bytes) {
        long h = bytes * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32);
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
        if (key.length() <= LONGEST) {
            items[place] = made;
        }
        return made;
    }

    @SuppressWarnings("ReferenceEquality") // Other objects for the same path only cost, and mean the same.
    private static boolean isParent(@Nullable FieldPath parent, FieldPath path) {
        return path.parent() == parent;
    }
}
