package io.patchwar.processor.board;

import java.time.Instant;

/**
 * What the board knows of a cluster.
 *
 * @param since when its writes began to be counted, in its own time
 * @param time its own clock
 * @param heardAt when that clock last moved, in ours
 * @param heard whether that was lately
 */
public record ClusterStanding(Instant since, Instant time, Instant heardAt, boolean heard) {}
