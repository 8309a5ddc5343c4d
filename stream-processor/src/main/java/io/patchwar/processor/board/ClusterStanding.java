package io.patchwar.processor.board;

import io.patchwar.pressure.ClusterPressure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the board knows of a cluster.
 *
 * @param since when its writes began to be counted, in its own time; null before the first count
 * @param time its own clock
 * @param heardAt when that clock last moved, in ours
 * @param heard whether that was lately
 * @param pressure what is fought in it costs its etcd
 */
public record ClusterStanding(
        @Nullable Instant since, Instant time, Instant heardAt, boolean heard, ClusterPressure pressure) {}
