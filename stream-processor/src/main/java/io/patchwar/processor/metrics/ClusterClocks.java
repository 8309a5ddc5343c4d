package io.patchwar.processor.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the time of each cluster got, by the tasks of this instance: every partition has heartbeats of every cluster, so each has
 * a time of its own, and one that is behind is not hidden by the others. Bounded by clusters and partitions. Thread-safe.
 */
final class ClusterClocks {
    private final InstantSource clock;
    private final Map<String, Clock> clusters = new ConcurrentHashMap<>();

    ClusterClocks(InstantSource clock) {
        this.clock = clock;
    }

    /** The newest stamp of one cluster for each task, and when any of them last moved, by this machine's clock. */
    private static final class Clock {
        final Map<String, Instant> newest = new ConcurrentHashMap<>();
        volatile Instant moved = Instant.EPOCH;
    }

    /** For the task the cluster's time is at least this; says whether nothing had been heard of the cluster before. */
    boolean heard(String task, String cluster, Instant stamp) {
        Clock known = clusters.get(cluster);
        Clock times = known == null ? clusters.computeIfAbsent(cluster, name -> new Clock()) : known;
        Instant before = times.newest.get(task);
        if (before == null || stamp.isAfter(before)) {
            times.newest.put(task, stamp);
            times.moved = clock.instant();
        }
        return known == null;
    }

    /** The task reads here no more. */
    void closed(String task) {
        clusters.values().forEach(times -> times.newest.remove(task));
    }

    /** Seconds from the time of the task that is farthest behind until now; NaN if no task has heard of the cluster. */
    double lag(String cluster) {
        Instant least = null;
        for (Instant newest : times(cluster).values()) {
            least = least == null || newest.isBefore(least) ? newest : least;
        }
        return least == null ? Double.NaN : since(least);
    }

    /** Seconds in which the cluster's time moved for no task. */
    double stalled(String cluster) {
        Clock times = clusters.get(cluster);
        return times == null ? Double.NaN : since(times.moved);
    }

    private Map<String, Instant> times(String cluster) {
        @Nullable Clock times = clusters.get(cluster);
        return times == null ? Map.of() : times.newest;
    }

    private double since(Instant then) {
        return Math.max(0, Duration.between(then, clock.instant()).toMillis() / 1000.0);
    }
}
