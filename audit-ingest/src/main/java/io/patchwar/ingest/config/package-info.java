/** What an operator can set of ingest, read from one YAML file and the environment. */
@NullMarked
package io.patchwar.ingest.config;

import org.jspecify.annotations.NullMarked;
