/** The live watch held to account. */
@NullMarked
package io.patchwar.watch.live;

import org.jspecify.annotations.NullMarked;
