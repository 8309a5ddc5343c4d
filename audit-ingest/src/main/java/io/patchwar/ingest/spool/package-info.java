/** A bounded queue on the local disk for what Kafka does not take at the moment; survives the end of the process at any point. */
@NullMarked
package io.patchwar.ingest.spool;

import org.jspecify.annotations.NullMarked;
