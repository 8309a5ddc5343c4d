/** Raw JSON, as bytes: where a value begins and ends, without building anything. Decoding happens only where a value is needed. */
@NullMarked
package io.patchwar.model.json;

import org.jspecify.annotations.NullMarked;
