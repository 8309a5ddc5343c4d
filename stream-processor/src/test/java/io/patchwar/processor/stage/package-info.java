/** What tests of the processor set up and look at: records as ingest writes them, topics as readers see them. */
@NullMarked
package io.patchwar.processor.stage;

import org.jspecify.annotations.NullMarked;
