/** The Kafka Streams topology around the live watch: audit events in, wars out. Decides nothing itself. */
@NullMarked
package io.patchwar.processor.topology;

import org.jspecify.annotations.NullMarked;
