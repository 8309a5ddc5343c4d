package io.patchwar.fields;

import io.patchwar.model.FieldPath;
import io.patchwar.model.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Paths that come again and again, made once: the same fields of many objects change in nearly every write. A newer path takes
 * the place of an older one, so that this stays small whatever is read. One thread.
 */
final class Paths {
    private static final int PLACES = 1 << 9;

    private final @Nullable FieldPath[] paths = new @Nullable FieldPath[PLACES];

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
