/** The stream processor as a service: its composition root and its command line. */
@NullMarked
package io.patchwar.processor;

import org.jspecify.annotations.NullMarked;
