package io.patchwar.model.json;

import org.jspecify.annotations.Nullable;

/**
 * Finds members of one object by the names of another's, one after the other. Objects out of one encoder name their
 * members in the same order, so nearly every search ends where the last one did. One thread.
 */
public final class MemberLookup {
    private final Slice object;
    private Members cursor;
    private boolean same;

    /** A search in {@code object}; nothing is found in what is no object. */
    public MemberLookup(Slice object) {
        this.object = object;
        this.cursor = new Members(object.isObject() ? object : Slice.of("{}"));
    }

    /** The member that is named as the one {@code wanted} stands on; null if there is none. */
    public @Nullable Slice find(Members wanted) {
        same = cursor.nextLike(wanted);
        if (same) {
            return cursor.value();
        }
        // On from here to the end, then once more from the beginning: whatever order the other one has, it is found.
        while (cursor.next()) {
            if (cursor.sameKey(wanted)) {
                return cursor.value();
            }
        }
        cursor = new Members(object.isObject() ? object : Slice.of("{}"));
        while (cursor.next()) {
            if (cursor.sameKey(wanted)) {
                return cursor.value();
            }
        }
        cursor = new Members(object.isObject() ? object : Slice.of("{}"));
        return null;
    }

    /** Whether what was found last is the wanted member byte for byte. */
    public boolean same() {
        return same;
    }
}
