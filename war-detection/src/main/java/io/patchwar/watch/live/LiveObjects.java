package io.patchwar.watch.live;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import io.patchwar.model.wire.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects: those in use decoded on the heap, all of them in the memory. Changes go to the memory with the next
 * {@link #commit}, or when an object has to leave the heap; in which order, so that whatever is lost of the latest changes
 * is made good by reading the partition again: who is heard and held events before the objects that hold them, objects
 * before what they no longer need, clocks last. One thread.
 */
final class LiveObjects {
    private static final int MOST_LOOKED_AT = 1_000;

    private final LiveConfig config;
    private final ObjectMemory memory;
    private final ObjectCodec codec;
    private final Tally tally;
    private final StateWriter out = new StateWriter();
    private final Map<ObjectRef, LiveObject> hot = new LinkedHashMap<>(1024, 0.75f, true);
    private final Set<LiveObject> dirty = new LinkedHashSet<>();
    private final List<HeldEvent> newlyHeld = new ArrayList<>();
    private final List<byte[]> released = new ArrayList<>();
    private long hotBytes;
    private long oversized;
    private long unstored;

    LiveObjects(LiveConfig config, ObjectMemory memory, Tally tally) {
        this.config = config;
        this.memory = memory;
        this.tally = tally;
        this.codec = new ObjectCodec(config.watch().rules(), config.watch().grace());
    }

    /** How many objects there are, those included that the memory does not have yet. */
    long tracked() {
        return tally.objects() + unstored;
    }

    int hot() {
        return hot.size();
    }

    long hotBytes() {
        return hotBytes;
    }

    long oversized() {
        return oversized;
    }

    /** The object of that name, a new one if none is tracked. */
    LiveObject of(ObjectRef ref, LiveCluster cluster) {
        LiveObject known = known(ref);
        if (known != null) {
            return known;
        }
        cluster.meets();
        unstored++;
        return warmed(
                LiveObject.unknown(ref, config.watch().rules(), config.watch().grace()));
    }

    /** The object of that name; null if it is not tracked. */
    @Nullable
    LiveObject known(ObjectRef ref) {
        LiveObject known = hot.get(ref);
        if (known != null) {
            return known;
        }
        byte[] value = memory.get(ObjectKey.of(ref));
        return value == null ? null : warmed(codec.read(value, ref).object());
    }

    /** The same, if it is on the heap. */
    @Nullable
    LiveObject hot(ObjectRef ref) {
        return hot.get(ref);
    }

    /** Some of a cluster that are on the heap, the longest unused first. */
    List<LiveObject> coldest(String cluster, int most) {
        List<LiveObject> coldest = new ArrayList<>();
        int looked = 0;
        for (LiveObject object : hot.values()) {
            if (object.ref().cluster().equals(cluster)) {
                coldest.add(object);
            }
            if (coldest.size() >= most || ++looked >= MOST_LOOKED_AT) {
                break;
            }
        }
        return coldest;
    }

    private LiveObject warmed(LiveObject object) {
        hot.put(object.ref(), object);
        hotBytes += object.weight();
        return object;
    }

    /** What is remembered of the object is not what the memory has. */
    void changed(LiveObject object) {
        if (object.change()) {
            dirty.add(object);
        }
        if (object.isToBeWeighed()) {
            hotBytes += object.weigh();
        }
    }

    void held(HeldEvent event) {
        newlyHeld.add(event);
    }

    void judged(HeldEvent event) {
        event.judged = true;
        if (event.stored) {
            released.add(MemoryKey.held(event.position, event.object.key()));
        }
    }

    /** Lets the longest unused leave the heap, as far as it is too full; those that hold events stay, and those just spoken of. */
    void cool(Clusters clusters) {
        int most = config.hotObjects();
        if (hot.size() <= most && hotBytes <= config.hotBytes()) {
            return;
        }
        Iterator<LiveObject> eldest = hot.values().iterator();
        for (int looked = 0; looked < MOST_LOOKED_AT && eldest.hasNext(); looked++) {
            if (hot.size() <= most && hotBytes <= config.hotBytes()) {
                return;
            }
            LiveObject object = eldest.next();
            if (object.mayCool()) {
                if (object.isDirty()) {
                    dirty.remove(object);
                    write(object, clusters.of(object.ref().cluster()));
                }
                eldest.remove();
                hotBytes -= object.weight();
            }
        }
    }

    void commit(Clusters clusters) {
        for (LiveCluster cluster : clusters.all()) {
            Sources sources = cluster.newSources();
            if (sources != null) {
                out.clear();
                sources.write(out);
                memory.put(MemoryKey.sources(cluster.name()), Sealed.seal(out));
            }
        }
        for (HeldEvent event : newlyHeld) {
            if (!event.judged) {
                memory.put(MemoryKey.held(event.position, event.object.key()), encoded(event.event));
                event.stored = true;
            }
        }
        newlyHeld.clear();
        for (LiveObject object : dirty) {
            write(object, clusters.of(object.ref().cluster()));
        }
        dirty.clear();
        released.forEach(memory::delete);
        released.clear();
        for (LiveCluster cluster : clusters.all()) {
            if (cluster.isDirty()) {
                out.clear();
                cluster.write(out);
                memory.put(MemoryKey.cluster(cluster.name()), Sealed.seal(out));
                cluster.written();
            }
        }
    }

    private byte[] encoded(AuditEvent event) {
        out.clear();
        EventCodec.write(event, out);
        byte[] value = Sealed.seal(out);
        if (value.length <= config.mostValueBytes()) {
            return value;
        }
        oversized++;
        out.clear();
        EventCodec.write(event.withoutBodies(), out);
        return Sealed.seal(out);
    }

    private void write(LiveObject object, LiveCluster cluster) {
        LiveObject.Index before = object.index();
        LiveObject.Index index = index(object, before);
        if (index != null && !index.equals(before)) {
            out.clear();
            out.time(index.deadline());
            out.number(index.ongoing());
            memory.put(MemoryKey.active(object.key()), Sealed.seal(out));
        }
        object.index(index);
        byte[] value = codec.write(object, cluster.clock());
        if (value.length > config.mostValueBytes()) {
            oversized++;
            object.state().forgetFields();
            value = codec.write(object, cluster.clock());
        }
        memory.put(object.key(), value);
        tally.changed(cluster, object.key(), object.storedBytes(), value.length);
        if (!object.isStored()) {
            settles(cluster);
        }
        object.written(value.length);
        if (index == null && before != null) {
            memory.delete(MemoryKey.active(object.key()));
        }
        hotBytes += object.weigh();
    }

    /** What the index is to say: what it says, as long as that is no later than what is true. */
    private LiveObject.@Nullable Index index(LiveObject object, LiveObject.@Nullable Index before) {
        Instant deadline = object.deadline(config.progress());
        if (deadline == null) {
            return null;
        }
        int ongoing = object.history().ongoing();
        boolean holds = before != null && !deadline.isBefore(before.deadline()) && before.ongoing() == ongoing;
        return holds ? before : new LiveObject.Index(deadline, ongoing);
    }

    private void settles(LiveCluster cluster) {
        cluster.settles();
        unstored--;
    }

    /** Forgets the object altogether. */
    void remove(LiveObject object, LiveCluster cluster) {
        hot.remove(object.ref());
        hotBytes -= object.weight();
        if (object.isDirty()) {
            dirty.remove(object);
            object.forget();
        }
        cluster.forget(object.ref());
        if (object.isStored()) {
            remove(object.key(), object.storedBytes(), object.index() != null, cluster);
        } else {
            settles(cluster);
        }
    }

    /** Forgets an object that the memory alone has. */
    void remove(byte[] key, int size, boolean indexed, LiveCluster cluster) {
        memory.delete(key);
        if (indexed) {
            memory.delete(MemoryKey.active(key));
        }
        tally.changed(cluster, key, size, -1);
    }

    /** Takes up clusters, what is to happen by time alone, and events that wait. */
    void restore(Clusters clusters, Teller teller) {
        memory.scan(MemoryKey.first(MemoryKey.CLUSTER), MemoryKey.after(MemoryKey.CLUSTER), (key, value) -> {
            String name = new String(MemoryKey.rest(key), StandardCharsets.UTF_8);
            LiveCluster cluster = clusters.of(name);
            cluster.read(Sealed.open(value));
            tally.restored(cluster);
            return true;
        });
        memory.scan(MemoryKey.first(MemoryKey.SOURCES), MemoryKey.after(MemoryKey.SOURCES), (key, value) -> {
            String name = new String(MemoryKey.rest(key), StandardCharsets.UTF_8);
            clusters.of(name).restore(Sources.read(Sealed.open(value)));
            return true;
        });
        memory.scan(MemoryKey.first(MemoryKey.ACTIVE), MemoryKey.after(MemoryKey.ACTIVE), (key, value) -> {
            ObjectRef ref = ObjectKey.parse(MemoryKey.rest(key));
            if (ref != null) {
                StateReader in = Sealed.open(value);
                clusters.of(ref.cluster()).schedule(ref, in.time());
                teller.knows(in.number(Integer.MAX_VALUE));
            }
            return true;
        });
        restoreHeld(clusters);
    }

    private void restoreHeld(Clusters clusters) {
        record Found(ObjectRef object, long position, AuditEvent event) {}
        List<Found> all = new ArrayList<>();
        memory.scan(MemoryKey.first(MemoryKey.HELD), MemoryKey.after(MemoryKey.HELD), (key, value) -> {
            ObjectRef object = ObjectKey.parse(MemoryKey.heldObject(key));
            if (object != null) {
                AuditEvent event = EventCodec.read(Sealed.open(value), object);
                all.add(new Found(object, MemoryKey.position(key), event));
            }
            return true;
        });
        Map<ObjectRef, ObjectCodec.Read> holders = new HashMap<>();
        for (Found found : all) {
            ObjectCodec.Read holder = holders.computeIfAbsent(found.object(), this::read);
            if (holder != null && holder.held().contains(found.position())) {
                hold(found.event(), holder.object(), found.position(), clusters);
            } else {
                // Its object has judged it; or never held it, and will meet it again in the partition: not to be
                // deleted then.
                memory.delete(MemoryKey.held(found.position(), ObjectKey.of(found.object())));
            }
        }
    }

    private ObjectCodec.@Nullable Read read(ObjectRef ref) {
        byte[] value = memory.get(ObjectKey.of(ref));
        if (value == null) {
            return null;
        }
        ObjectCodec.Read read = codec.read(value, ref);
        warmed(read.object());
        return read;
    }

    private static void hold(AuditEvent event, LiveObject object, long position, Clusters clusters) {
        HeldEvent held = new HeldEvent(event, object, position);
        held.stored = true;
        object.hold(held);
        clusters.of(object.ref().cluster()).hold(held);
    }
}
