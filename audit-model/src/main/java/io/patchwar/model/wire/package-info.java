/** Wars, findings and conflicts as JSON: the contract {@code patchwar.io/v1}. */
@NullMarked
package io.patchwar.model.wire;

import org.jspecify.annotations.NullMarked;
