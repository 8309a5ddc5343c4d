package io.patchwar.pressure;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.WarClass;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How fast a war is fought, at one moment of its cluster's time.
 *
 * @param lately what its class counted in the last ten minutes
 * @param clusterLately accepted writes of the whole cluster in those
 * @param age since it began
 * @param lastGap between its last two reversals, null below two
 */
public record WarRate(
        WarClass warClass,
        ObjectRef object,
        Set<String> fields,
        int lately,
        int clusterLately,
        Duration age,
        @Nullable Duration lastGap) {

    /** The same, among so many writes of the cluster. */
    public WarRate among(int writes) {
        return new WarRate(warClass, object, fields, lately, writes, age, lastGap);
    }
}
