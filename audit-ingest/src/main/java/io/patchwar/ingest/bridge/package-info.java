/** A door for Kafka topics that shippers fill: unwraps what is in them, and commits offsets only once that is durable. */
@NullMarked
package io.patchwar.ingest.bridge;

import org.jspecify.annotations.NullMarked;
