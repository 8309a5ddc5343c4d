/** {@code patchwar serve}: broker, ingest and processor of one machine, put together, started and stopped in their order. Owns no logic. */
@NullMarked
package io.patchwar.standalone.serve;

import org.jspecify.annotations.NullMarked;
