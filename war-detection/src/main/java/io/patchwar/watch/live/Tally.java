package io.patchwar.watch.live;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what the memory holds of each cluster. After a crash the counts may lag behind by what was written last; so they
 * are made anew with every walk over the whole memory, and what changes behind the walker's back is counted in. One thread.
 */
final class Tally {
    private final Map<LiveCluster, long[]> recount = new HashMap<>();
    private byte[] walked = {};
    private long objects;
    private long bytes;

    long objects() {
        return objects;
    }

    long bytes() {
        return bytes;
    }

    /** So much was held when the watch began. */
    void restored(LiveCluster cluster) {
        objects += cluster.stored();
        bytes += cluster.storedBytes();
    }

    /** A value was put or deleted; a size of -1 is none. */
    void changed(LiveCluster cluster, byte[] key, int before, int now) {
        int more = (now < 0 ? 0 : 1) - (before < 0 ? 0 : 1);
        long larger = Math.max(0, now) - (long) Math.max(0, before);
        add(cluster, more, larger);
        if (Arrays.compareUnsigned(key, walked) <= 0) {
            count(cluster, more, larger);
        }
    }

    /** The walk came to a value. */
    void visited(LiveCluster cluster, byte[] key, int size) {
        walked = key;
        count(cluster, 1, size);
    }

    /** The walk is over; the next begins at the first key. */
    void finished(Clusters clusters) {
        for (LiveCluster cluster : clusters.all()) {
            long[] counted = recount.getOrDefault(cluster, new long[2]);
            add(cluster, counted[0] - cluster.stored(), counted[1] - cluster.storedBytes());
        }
        recount.clear();
        walked = new byte[0];
    }

    private void add(LiveCluster cluster, long more, long larger) {
        if (more != 0 || larger != 0) {
            cluster.storesMore(more, larger);
            objects += more;
            bytes += larger;
        }
    }

    private void count(LiveCluster cluster, long more, long larger) {
        long[] counted = recount.computeIfAbsent(cluster, c -> new long[2]);
        counted[0] += more;
        counted[1] += larger;
    }
}
