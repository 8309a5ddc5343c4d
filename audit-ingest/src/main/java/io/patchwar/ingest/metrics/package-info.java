/** What ingest counts, for Prometheus; the catalogue is one class. */
@NullMarked
package io.patchwar.ingest.metrics;

import org.jspecify.annotations.NullMarked;
