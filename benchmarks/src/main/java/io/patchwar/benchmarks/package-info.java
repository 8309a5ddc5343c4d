/**
 * What the README's numbers come from: a deterministic audit log, the two rivals that `patchwar scan` is measured
 * against (DuckDB and Jackson), and the contest that runs them by turns and prints one table.
 */
@NullMarked
package io.patchwar.benchmarks;

import org.jspecify.annotations.NullMarked;
