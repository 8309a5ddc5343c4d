/** What each class of war is, taught: rules with the numbers that hold, an example from a real log, what to do. */
@NullMarked
package io.patchwar.standalone.explain;

import org.jspecify.annotations.NullMarked;
