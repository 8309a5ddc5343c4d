/** What an operator can set, read from one YAML file over the defaults. */
@NullMarked
package io.patchwar.watch.config;

import org.jspecify.annotations.NullMarked;
