/** From documents, as any door hands them in, to records that are durable somewhere; all doors share it. */
@NullMarked
package io.patchwar.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
