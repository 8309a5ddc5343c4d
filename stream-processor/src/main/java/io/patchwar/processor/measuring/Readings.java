package io.patchwar.processor.measuring;

import io.patchwar.pressure.Measured;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus last said. A series that names no cluster holds for each; one that names it wins over that.
 *
 * @param clusterLabel that names the cluster
 */
record Readings(String clusterLabel, List<Series> quota, List<Series> inUse, List<Series> watchers) {
    static final Readings NONE = new Readings("", List.of(), List.of(), List.of());

    /** More clients than any resource has. */
    private static final int MOST_WATCHERS = 10_000_000;

    Readings {
        quota = List.copyOf(quota);
        inUse = List.copyOf(inUse);
        watchers = List.copyOf(watchers);
    }

    /**
     * What counts of the cluster.
     *
     * @param oldest what was measured before does not
     */
    Measured of(String cluster, Instant oldest) {
        Series room = one(quota, cluster, oldest);
        Series size = one(inUse, cluster, oldest);
        return new Measured(
                room == null || room.value() < 1 ? null : (Long) Math.round(room.value()),
                size == null ? null : (Long) Math.round(size.value()),
                size == null ? null : size.at(),
                watchers(cluster, oldest));
    }

    private @Nullable Series one(List<Series> all, String cluster, Instant oldest) {
        return all.stream()
                .filter(series -> concerns(series, cluster, oldest))
                .max(Comparator.comparing((Series series) -> series.labels().containsKey(clusterLabel))
                        .thenComparing(Series::at))
                .orElse(null);
    }

    private boolean concerns(Series series, String cluster, Instant oldest) {
        return series.value() >= 0
                && !series.at().isBefore(oldest)
                && series.labels().getOrDefault(clusterLabel, cluster).equals(cluster);
    }

    private Map<String, Integer> watchers(String cluster, Instant oldest) {
        Map<String, Integer> counts = new HashMap<>();
        for (Series series : watchers) {
            String resource = series.labels().getOrDefault("resource", "");
            String group = series.labels().getOrDefault("group", "");
            if (!resource.isEmpty() && concerns(series, cluster, oldest)) {
                int count = (int) Math.min(MOST_WATCHERS, Math.round(series.value()));
                counts.merge(group.isEmpty() ? resource : resource + "." + group, count, Integer::sum);
            }
        }
        return counts;
    }
}
