/**
 * A made-up cluster that writes its audit log: some ten thousand objects, the controllers that keep them, the readers
 * that ask for them, and three Services at war. Every event is a {@link io.patchwar.benchmarks.cluster.Skeleton}
 * (JSON text with slots, kept as a resource) filled with the values of one object; every object's bodies follow from
 * one another, so that the three wars are the only ones in the log. The same seed gives the same bytes.
 */
@NullMarked
package io.patchwar.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
