/** What shippers wrap around audit events, recognised by shape and taken off again. */
@NullMarked
package io.patchwar.model.envelope;

import org.jspecify.annotations.NullMarked;
