/** What ends a war: a catalogue of cases, each with the steps that ended it elsewhere, and a general answer for each class. */
@NullMarked
package io.patchwar.remedies;

import org.jspecify.annotations.NullMarked;
