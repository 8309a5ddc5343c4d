/** Audit ingest: takes events from wherever clusters leave them, loses none that it accepted, and lets nothing secret into Kafka. */
@NullMarked
package io.patchwar.ingest;

import org.jspecify.annotations.NullMarked;
