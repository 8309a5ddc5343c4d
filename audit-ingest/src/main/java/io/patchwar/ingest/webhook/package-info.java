/** The door that API servers post to: reads bodies as they stream in, and answers when what they hold is durable. */
@NullMarked
package io.patchwar.ingest.webhook;

import org.jspecify.annotations.NullMarked;
