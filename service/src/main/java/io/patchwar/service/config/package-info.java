/** The sections that the configuration files of both services share. */
@NullMarked
package io.patchwar.service.config;

import org.jspecify.annotations.NullMarked;
