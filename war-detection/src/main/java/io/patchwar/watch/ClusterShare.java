package io.patchwar.watch;

import io.patchwar.pressure.ClusterWrites;
import java.time.Instant;

/** What one shard knows of a cluster: its time, and what was written to the shard's own objects. One thread. */
final class ClusterShare {
    final ClusterSight sight = new ClusterSight();
    final ClusterWrites lately = new ClusterWrites();
    final WritesByMinute writes = new WritesByMinute();
    Instant now = Instant.EPOCH;
}
