/** The one command: parses what the operator asked for, wires the other rooms together, and owns no logic of its own. */
@NullMarked
package io.patchwar.standalone;

import org.jspecify.annotations.NullMarked;
