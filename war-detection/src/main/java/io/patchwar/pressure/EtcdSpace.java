package io.patchwar.pressure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much an etcd may hold, and how much it does.
 *
 * @param quotaBytes {@code --quota-backend-bytes}, above 0
 * @param inUseBytes {@code etcd_mvcc_db_total_size_in_use_in_bytes}, or else the size of its file; null if nobody knows
 * @param measuredAt when that was so, by the cluster's clock; null if somebody wrote it down
 */
public record EtcdSpace(
        long quotaBytes,
        @Nullable Long inUseBytes,
        @Nullable Instant measuredAt) {
    public EtcdSpace {
        if (quotaBytes <= 0 || (inUseBytes != null && inUseBytes < 0)) {
            throw new IllegalArgumentException(
                    "a quota above 0 and a size not below, not " + quotaBytes + ", " + inUseBytes);
        }
    }

    /** What is still free: all of the quota, where nobody knows how much is in use. */
    public long headroom() {
        return inUseBytes == null ? quotaBytes : Math.max(0, quotaBytes - inUseBytes);
    }
}
