/**
 * The watch as it runs without end: one per partition of a stream, its objects in a store that outlives it, what it finds
 * told as it happens. Knows no Kafka: the store and the listener are the caller's.
 */
@NullMarked
package io.patchwar.watch.live;

import org.jspecify.annotations.NullMarked;
