/**
 * Answers over HTTP what goes on: the list of wars in the shape of a scan's document, one war, and conflicts. Reads the board
 * and nothing else, and writes JSON and nothing else: whatever comes from events is data there, never markup.
 */
@NullMarked
package io.patchwar.processor.investigation;

import org.jspecify.annotations.NullMarked;
