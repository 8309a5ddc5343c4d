package io.patchwar.watch.live;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The clusters of a partition, by name. One thread. */
final class Clusters {
    private final Map<String, LiveCluster> clusters = new TreeMap<>();

    LiveCluster of(String name) {
        LiveCluster known = clusters.get(name);
        if (known == null) {
            known = new LiveCluster(name);
            clusters.put(name, known);
        }
        return known;
    }

    Collection<LiveCluster> all() {
        return clusters.values();
    }
}
