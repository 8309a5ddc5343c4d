/**
 * Measures the stream: a broker, a producer and the processor itself, each a process of its own on one machine, seen from outside
 * as an operator sees them.
 */
@NullMarked
package io.patchwar.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
