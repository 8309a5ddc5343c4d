/** What an operator can set of the stream processor: one YAML file, the environment over it, all problems at once. */
@NullMarked
package io.patchwar.processor.config;

import org.jspecify.annotations.NullMarked;
