/** Reads YAML that people wrote: every problem at once, each with the path where it stands, and no key that nobody knows. */
@NullMarked
package io.patchwar.settings;

import org.jspecify.annotations.NullMarked;
