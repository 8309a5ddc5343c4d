/**
 * Watches clusters: puts the writes of each object in order, tracks its fields, has them judged, and keeps the account of
 * what could be seen. The same for a file and for a stream; knows neither.
 */
@NullMarked
package io.patchwar.watch;

import org.jspecify.annotations.NullMarked;
