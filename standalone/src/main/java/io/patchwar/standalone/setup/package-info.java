/** Writes what a cluster needs to send its audit events here: policy, webhook, certificates, flags, and what to do with them. */
@NullMarked
package io.patchwar.standalone.setup;

import org.jspecify.annotations.NullMarked;
