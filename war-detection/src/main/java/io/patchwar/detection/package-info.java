/**
 * Decides what is a war: reversals, rounds, hand-overs and all other rules of {@code detection.md} section 3, over the
 * changes of one object at a time. Pure: it knows the model and {@code java.*}, no JSON, no clock, no I/O.
 */
@NullMarked
package io.patchwar.detection;

import org.jspecify.annotations.NullMarked;
