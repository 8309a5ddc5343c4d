/**
 * The shared words: who wrote (actor), what (object, field path, value), and what came of it (war, finding, conflict).
 * Nouns only; reading audit events lives in {@code audit} and {@code envelope}, the JSON contract in {@code wire}.
 */
@NullMarked
package io.patchwar.model;

import org.jspecify.annotations.NullMarked;
