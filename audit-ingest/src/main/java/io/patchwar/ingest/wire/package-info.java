/** The form in which an accepted event travels: a slim {@code audit.k8s.io/v1} event that the same reader reads back. */
@NullMarked
package io.patchwar.ingest.wire;

import org.jspecify.annotations.NullMarked;
