package io.patchwar.fields;

import io.patchwar.model.FieldPath;
import io.patchwar.model.FieldValue;

/** A field that an accepted request asked to be one value and that was stored as another. */
record Refusal(FieldPath path, FieldValue asked, FieldValue stored) {}
