/** What the stream processor counts: the catalogue of its meters, and which of Kafka Streams' own are kept. */
@NullMarked
package io.patchwar.processor.metrics;

import org.jspecify.annotations.NullMarked;
