package io.patchwar.processor.board;

import io.patchwar.model.wire.ClusterLoad.WantOfRoom;
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
 * @param room what all partitions had to give up of it for want of room, since their instances have them
 */
public record ClusterStanding(
        @Nullable Instant since,
        Instant time,
        Instant heardAt,
        boolean heard,
        ClusterPressure pressure,
        WantOfRoom room) {}
