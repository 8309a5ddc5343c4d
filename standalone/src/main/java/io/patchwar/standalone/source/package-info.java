/**
 * Where audit events come from: files, directories and standard input become one sequence of records, in order of time, parsed
 * on all processors and handed over on one thread.
 */
@NullMarked
package io.patchwar.standalone.source;

import org.jspecify.annotations.NullMarked;
