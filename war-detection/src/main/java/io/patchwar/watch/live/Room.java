package io.patchwar.watch.live;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.wire.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the objects within their bounds: forgets those that are cold, a slice of the memory at a time, and, where there are
 * too many all the same, the coldest few of the cluster that has most. One thread.
 */
final class Room {
    /** Out of so many the coldest are taken: nearly the coldest of all, for a thousandth of the walk. */
    private static final int SAMPLE = 128;

    private final LiveConfig config;
    private final ObjectMemory memory;
    private final LiveObjects objects;
    private final Clusters clusters;
    private final Teller teller;
    private final Tally tally;
    private byte[] sweepFrom = MemoryKey.FIRST_OBJECT;
    private long evicted;
    private long expired;

    Room(LiveConfig config, ObjectMemory memory, LiveObjects objects, Clusters clusters, Teller teller, Tally tally) {
        this.config = config;
        this.memory = memory;
        this.objects = objects;
        this.clusters = clusters;
        this.teller = teller;
        this.tally = tally;
    }

    /** An object that might be forgotten. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Candidate(byte[] key, ObjectRef ref, Instant newest, boolean active, boolean holds, int size) {}

    long evicted() {
        return evicted;
    }

    long expired() {
        return expired;
    }

    /** Looks at the next slice of the memory, and forgets what was silent for a window of its cluster's time. */
    void sweep() {
        List<Candidate> slice = slice(sweepFrom, null, config.slice());
        for (Candidate seen : slice) {
            tally.visited(clusters.of(seen.ref().cluster()), seen.key(), seen.size());
        }
        for (Candidate seen : slice) {
            Candidate now = asOnHeap(seen);
            LiveCluster cluster = clusters.of(now.ref().cluster());
            Instant cold = cluster.passed().minus(config.watch().rules().window());
            if (!now.active() && !now.holds() && now.newest().isBefore(cold)) {
                forget(now, cluster);
                expired++;
            }
        }
        if (slice.size() < config.slice()) {
            tally.finished(clusters);
            sweepFrom = MemoryKey.FIRST_OBJECT;
        } else {
            sweepFrom = MemoryKey.after(slice.get(slice.size() - 1).key());
        }
    }

    /** Forgets as much as it takes to be within the bounds again. */
    void make() {
        while (isFull()) {
            boolean crowded = objects.tracked() > config.watch().mostObjects();
            if (!evict(largest(crowded), crowded)) {
                return;
            }
        }
    }

    private boolean isFull() {
        return objects.tracked() > config.watch().mostObjects() || tally.bytes() > config.storedBytes();
    }

    /** The cluster of which most is held: whoever is within its share loses nothing to the others. */
    private LiveCluster largest(boolean byObjects) {
        Comparator<LiveCluster> size = Comparator.comparingLong(c -> byObjects ? c.tracked() : c.storedBytes());
        return clusters.all().stream().max(size).orElseThrow();
    }

    private boolean evict(LiveCluster cluster, boolean byObjects) {
        List<Candidate> sample = new ArrayList<>();
        for (LiveObject object : objects.coldest(cluster.name(), SAMPLE)) {
            sample.add(candidate(object));
        }
        List<Candidate> stored = slice(cluster.evictFrom(), MemoryKey.afterAllOf(cluster.name()), SAMPLE);
        cluster.evictFrom(
                stored.size() < SAMPLE
                        ? MemoryKey.firstOf(cluster.name())
                        : MemoryKey.after(stored.get(SAMPLE - 1).key()));
        stored.stream().filter(c -> objects.hot(c.ref()) == null).forEach(sample::add);
        sample.removeIf(Candidate::holds);
        sample.sort(Comparator.comparing(Candidate::active).thenComparing(Candidate::newest));
        long over = byObjects ? objects.tracked() - config.watch().mostObjects() : 1;
        long batch = Math.max(1, Math.min(SAMPLE / 4, over + config.watch().mostObjects() / 64));
        boolean any = false;
        for (int i = 0; i < Math.min(batch, sample.size()); i++) {
            evict(sample.get(i), cluster);
            any = true;
        }
        // A walk that stood near the end may have found none; the next one begins at the first.
        return any || !firstOf(cluster).isEmpty();
    }

    private List<Candidate> firstOf(LiveCluster cluster) {
        List<Candidate> first = slice(cluster.evictFrom(), MemoryKey.afterAllOf(cluster.name()), SAMPLE);
        first.removeIf(c -> asOnHeap(c).holds());
        return first;
    }

    private void evict(Candidate victim, LiveCluster cluster) {
        if (victim.active()) {
            LiveObject object = objects.known(victim.ref());
            if (object != null) {
                teller.tell(object, object.history().abandon(cluster.passed()), cluster);
            }
        }
        forget(victim, cluster);
        evicted++;
        cluster.sight().countEvicted();
    }

    private void forget(Candidate victim, LiveCluster cluster) {
        LiveObject object = objects.hot(victim.ref());
        if (object != null) {
            objects.remove(object, cluster);
        } else {
            objects.remove(victim.key(), victim.size(), victim.active(), cluster);
        }
    }

    private List<Candidate> slice(byte[] from, byte @Nullable [] to, int most) {
        List<Candidate> slice = new ArrayList<>();
        memory.scan(from, to, (key, value) -> {
            ObjectRef ref = ObjectKey.parse(key);
            if (ref != null) {
                ObjectCodec.Glance glance = ObjectCodec.glance(value);
                slice.add(new Candidate(key, ref, glance.newest(), glance.active(), glance.holds(), value.length));
            }
            return slice.size() < most;
        });
        return slice;
    }

    /** The same object as the heap has it, which is newer. */
    private Candidate asOnHeap(Candidate stored) {
        LiveObject object = objects.hot(stored.ref());
        return object == null ? stored : candidate(object);
    }

    private static Candidate candidate(LiveObject object) {
        boolean active = object.history().deadline() != null;
        int size = Math.max(0, object.storedBytes());
        return new Candidate(object.key(), object.ref(), object.newest(), active, object.isHolding(), size);
    }
}
