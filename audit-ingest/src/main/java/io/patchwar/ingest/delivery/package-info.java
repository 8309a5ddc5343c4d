/** Makes records durable: in Kafka, or in the spool while Kafka is slow or away; and says which sources are heard. */
@NullMarked
package io.patchwar.ingest.delivery;

import org.jspecify.annotations.NullMarked;
