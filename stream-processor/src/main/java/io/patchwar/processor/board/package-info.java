/**
 * The war board: all wars of all clusters as they stand, put together in memory by every instance from the topics that all
 * of them write, so that any instance can answer, count and alert for all.
 */
@NullMarked
package io.patchwar.processor.board;

import org.jspecify.annotations.NullMarked;
