/**
 * What a war is called when it is told to a person: one sentence, short names, values cut to what is recognised. Whatever
 * comes from events passes through {@link io.patchwar.model.words.SafeText} here, so that a report, an alert and a page that
 * show these words show nothing that a client could have smuggled into them.
 */
@NullMarked
package io.patchwar.model.words;

import org.jspecify.annotations.NullMarked;
