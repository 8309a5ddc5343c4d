/** Replaces what must not travel by keyed digests: the same value keeps the same digest, so that a war over it still shows. */
@NullMarked
package io.patchwar.ingest.redact;

import org.jspecify.annotations.NullMarked;
