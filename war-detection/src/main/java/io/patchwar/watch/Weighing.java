package io.patchwar.watch;

import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.pressure.Burden;
import io.patchwar.pressure.ClusterPressure;
import io.patchwar.pressure.WarRate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One weighing of all together that is being fought in a cluster at one moment of its time: only so it shows whether etcd will
 * hold. Each shard lays down what it knows; what the last one lays down is weighed with the rest. Any threads.
 */
final class Weighing {
    private final Scales scales;
    private final Instant now;
    private final List<Load> loads = new ArrayList<>();
    private final List<ClusterLoad> writes = new ArrayList<>();
    private int missing;

    /** A war's part, and how fast it is fought, the cluster's other writes not known. */
    record Load(Burden burden, WarRate rate) {}

    Weighing(Scales scales, Instant now, int shards) {
        this.scales = scales;
        this.now = now;
        this.missing = shards;
    }

    /** Lays down what one shard knows. */
    void lay(List<Load> wars, ClusterLoad written) {
        synchronized (this) {
            loads.addAll(wars);
            writes.add(written);
            if (--missing > 0) {
                return;
            }
        }
        if (!loads.isEmpty()) {
            long lately = writes.stream().mapToLong(w -> w.writes().sum(now)).sum();
            List<Burden> burdens = loads.stream().map(Load::burden).toList();
            ClusterPressure all =
                    ClusterPressure.of(now, burdens, writes, scales.config().etcd(), scales.config());
            scales.note(all, loads, lately);
        }
    }
}
