package io.patchwar.pressure;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody measured of a cluster, beside its audit log. Each part may be there without the others.
 *
 * @param quotaBytes of its etcd, above 0; null if nobody knows
 * @param inUseBytes of its etcd's database; null if nobody knows
 * @param at when that size was so
 * @param watchers by resource, plural with its group after a dot: how many clients watch it
 */
public record Measured(
        @Nullable Long quotaBytes,
        @Nullable Long inUseBytes,
        @Nullable Instant at,
        Map<String, Integer> watchers) {
    /** Nobody measured anything. */
    public static final Measured NOTHING = new Measured(null, null, null, Map.of());

    public Measured {
        watchers = Collections.unmodifiableMap(new TreeMap<>(watchers));
    }

    /** Quota and size alone. */
    public static Measured of(EtcdSpace etcd) {
        return new Measured(etcd.quotaBytes(), etcd.inUseBytes(), etcd.measuredAt(), Map.of());
    }

    /**
     * What holds of a cluster of which this was measured: sizes win over what somebody wrote down, watchers do not, since who
     * writes down a resource means it.
     */
    PressureConfig over(PressureConfig written) {
        Map<String, Integer> all = new HashMap<>();
        watchers.forEach((resource, count) -> {
            int dot = resource.indexOf('.');
            String plural = dot < 0 ? resource : resource.substring(0, dot);
            String group = dot < 0 ? "" : resource.substring(dot + 1);
            if (written.watchersOf(plural, group) == null) {
                all.put(resource, count);
            }
        });
        all.putAll(written.watchers());
        return new PressureConfig(space(written.etcd()), written.compaction(), all);
    }

    private @Nullable EtcdSpace space(@Nullable EtcdSpace written) {
        Long quota = quotaBytes != null ? quotaBytes : written == null ? null : (Long) written.quotaBytes();
        if (quota == null) {
            return null;
        }
        return inUseBytes != null || written == null
                ? new EtcdSpace(quota, inUseBytes, inUseBytes == null ? null : at)
                : new EtcdSpace(quota, written.inUseBytes(), written.measuredAt());
    }
}
