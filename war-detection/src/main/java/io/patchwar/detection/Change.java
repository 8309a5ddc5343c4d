package io.patchwar.detection;

import io.patchwar.model.FieldValue;

/**
 * One change of one field, as remembered.
 *
 * @param mark the write it came with
 * @param attributed whether the writer owns it; else it is nobody's
 * @param confirmed whether stored states show it
 * @param returned whether the field had held the new value before
 */
record Change(Mark mark, FieldValue from, FieldValue to, boolean attributed, boolean confirmed, boolean returned) {}
