/** A real single-node Kafka broker: in process for tests, as a child JVM for the product. Knows nothing of Patchwar's own. */
@NullMarked
package io.patchwar.broker;

import org.jspecify.annotations.NullMarked;
