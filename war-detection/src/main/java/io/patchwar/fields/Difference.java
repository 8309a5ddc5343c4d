package io.patchwar.fields;

import io.patchwar.model.FieldPath;
import io.patchwar.model.FieldValue;
import org.jspecify.annotations.Nullable;

/**
 * One path at which two states of an object differ.
 *
 * @param derived it only echoes other fields
 * @param list for an item of a keyed or set list that came or went: the list
 */
record Difference(
        FieldPath path,
        FieldValue from,
        FieldValue to,
        boolean derived,
        @Nullable FieldPath list) {}
