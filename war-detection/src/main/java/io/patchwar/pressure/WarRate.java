package io.patchwar.pressure;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.WarClass;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How fast a war is fought, at one moment of its cluster's time.
 *
 * @param lately what its class counted in the last ten minutes
 * @param storedLately writes of its contenders to the object that were stored in those
 * @param clusterLately stored writes of the whole cluster in the same time; 0 where those are not known
 * @param age since it began
 * @param lastGap between its last two reversals, or since the last one if that is longer; null below two
 * @param timeToQuota until it fills etcd; null if it does not, or nobody knows
 */
public record WarRate(
        WarClass warClass,
        ObjectRef object,
        Collection<String> fields,
        long lately,
        long storedLately,
        long clusterLately,
        Duration age,
        @Nullable Duration lastGap,
        @Nullable Duration timeToQuota) {

    /** The same, among so many writes of the cluster. */
    public WarRate among(long writes) {
        return new WarRate(warClass, object, fields, lately, storedLately, writes, age, lastGap, timeToQuota);
    }

    /** The same, with so much time until etcd is full. */
    public WarRate withTimeToQuota(@Nullable Duration time) {
        return new WarRate(warClass, object, fields, lately, storedLately, clusterLately, age, lastGap, time);
    }
}
