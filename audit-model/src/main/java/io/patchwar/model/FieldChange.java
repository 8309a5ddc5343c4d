package io.patchwar.model;

import org.jspecify.annotations.Nullable;

/**
 * One stored field went from one value to another by one write.
 *
 * @param path canonical field path
 * @param owner whose change it is
 * @param confidence how sure that is
 * @param derived it only echoes other fields, and is never alone a war
 * @param list for an item of a keyed or set list that came or went: the list's path
 * @param items of a list that changed as one value: what came and went; null where nobody looked
 */
public record FieldChange(
        String path,
        FieldValue from,
        FieldValue to,
        Owner owner,
        Confidence confidence,
        boolean derived,
        @Nullable String list,
        @Nullable ItemSums items) {

    /** Whose change. */
    public enum Owner {
        /** The writer's. */
        ACTOR,
        /** Admission's, inside the writer's request. */
        ADMISSION,
        /** Nobody's that can be named: a hidden writer, defaulting, allocation. It is no side in anything. */
        NOBODY
    }
}
