package io.patchwar.pressure;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What audit events do not tell of a cluster, and its pressure depends on.
 *
 * @param etcd quota and size as configured; null if not known
 * @param compaction how often the API server compacts ({@code --etcd-compaction-interval}): up to two of these are kept
 * @param watchers by resource (plural, with its group after a dot), or by {@code *} for all others: how many clients watch it
 */
public record PressureConfig(@Nullable EtcdSpace etcd, Duration compaction, Map<String, Integer> watchers) {
    /** What is so where nobody says otherwise. */
    public static final PressureConfig DEFAULT = new PressureConfig(null, Duration.ofMinutes(5), Map.of());

    public PressureConfig {
        watchers = Map.copyOf(watchers);
    }

    public PressureConfig withEtcd(@Nullable EtcdSpace other) {
        return new PressureConfig(other, compaction, watchers);
    }

    /** The span of history that etcd keeps at the most. */
    Duration kept() {
        return compaction.multipliedBy(2);
    }

    /** Watchers of that resource; null where nobody said. */
    @Nullable
    Integer watchersOf(String resource, String group) {
        Integer named = watchers.get(group.isEmpty() ? resource : resource + "." + group);
        named = named == null ? watchers.get(resource) : named;
        return named == null ? watchers.get("*") : named;
    }
}
