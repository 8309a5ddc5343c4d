package io.patchwar.watch.live;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.ClusterLoad.WantOfRoom;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.pressure.ClusterWrites;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.ResourceSight;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One cluster, as one partition sees it: its clock, its sources, what waits for its time, and how much of it is tracked. */
final class LiveCluster {
    private final String name;
    private final ClusterSight sight = new ClusterSight();
    private final ClusterWrites writes = new ClusterWrites();
    private Sources sources = new Sources();
    private long objects;
    private long bytes;
    private long unstored;
    private long heldBytes;
    private byte[] evictFrom;
    private boolean dirty = true;
    private Instant clock = Instant.EPOCH;
    private Instant passed = Instant.EPOCH;
    private final PriorityQueue<HeldEvent> held = new PriorityQueue<>(
            Comparator.comparing((HeldEvent h) -> h.event.time()).thenComparing(h -> h.position));
    private final NavigableSet<Deadline> deadlines = new TreeSet<>(Deadline.ORDER);
    private final Map<ObjectRef, Deadline> scheduled = new HashMap<>();

    private record Deadline(Instant at, ObjectRef ref) {
        private static final Comparator<Deadline> ORDER = Comparator.comparing(Deadline::at)
                .thenComparing(d -> d.ref().name())
                .thenComparing(d -> d.ref().namespace())
                .thenComparing(d -> d.ref().resource())
                .thenComparing(d -> d.ref().group());
    }

    LiveCluster(String name) {
        this.name = name;
        this.evictFrom = MemoryKey.firstOf(name);
    }

    String name() {
        return name;
    }

    /** What could be seen of it since the watch began. */
    ClusterSight sight() {
        return sight;
    }

    /** What could be seen of objects of that kind. */
    ResourceSight sight(ObjectRef object) {
        return sight.of(object.group(), object.resource());
    }

    /** The newest that was heard of it. */
    Instant clock() {
        return clock;
    }

    /** An event of it was read. */
    void heard(AuditEvent event) {
        sight.heard(event.time());
        sources.heard(event.source());
        advance(event.time());
    }

    /** A source said up to when all of it was told. */
    void heard(Heartbeat heartbeat) {
        sources.beat(heartbeat.source(), heartbeat.ordered());
        advance(heartbeat.heardUpTo());
        dirty = true;
    }

    private void advance(Instant time) {
        if (time.isAfter(clock)) {
            clock = time;
            dirty = true;
        }
    }

    /** Whether its events come in order, so that none has to wait for others. */
    boolean isInOrder() {
        return sources.isOneInOrder();
    }

    /** Up to when its time has passed for its wars: what is stamped later may not have been judged yet. */
    Instant passed() {
        return passed;
    }

    /** Lets time pass, as far as it has. */
    void pass(Duration grace) {
        Instant judged = isInOrder() || clock.equals(Instant.EPOCH) ? clock : clock.minus(grace);
        if (judged.isAfter(passed)) {
            passed = judged;
        }
    }

    /** A write was judged: part of what it costs etcd. */
    void count(ObjectRef object, Observation write) {
        writes.count(object, write);
        dirty = true;
    }

    /** How many writes it had of late, as far as this partition sees it. */
    int writtenLately(Instant now) {
        return writes.lately(now);
    }

    /** What it writes now: a record of the topic {@code cluster-load}. */
    ClusterLoad load(int partition) {
        return writes.load(name, partition, clock)
                .with(new WantOfRoom(sight.evicted(), sight.judgedEarly(), sight.forgotten()));
    }

    /** Objects that the memory has. */
    long stored() {
        return objects;
    }

    /** Bytes of their values. */
    long storedBytes() {
        return bytes;
    }

    /** Objects that there are of it, those included that the heap alone has. */
    long tracked() {
        return objects + unstored;
    }

    /** The memory has so many more, and they are so much larger. */
    void storesMore(long more, long larger) {
        objects += more;
        bytes += larger;
        dirty = true;
    }

    /** The heap has an object that the memory does not have. */
    void meets() {
        unstored++;
    }

    /** One of these is in the memory now, or forgotten. */
    void settles() {
        unstored--;
    }

    /** From where on in the memory the next victims are looked for. */
    byte[] evictFrom() {
        return evictFrom;
    }

    /** Victims were looked for up to there. */
    void evictFrom(byte[] next) {
        evictFrom = next;
    }

    void hold(HeldEvent event) {
        held.add(event);
        heldBytes += event.size();
    }

    int heldEvents() {
        return held.size();
    }

    /** Roughly the bytes of heap that they take. */
    long heldBytes() {
        return heldBytes;
    }

    /** The next event whose turn it is, whatever time it is; null if none waits. */
    @Nullable
    HeldEvent nextHeld() {
        HeldEvent next = held.poll();
        if (next != null) {
            heldBytes -= next.size();
        }
        return next;
    }

    /** The next event that was held for long enough; null if none was. */
    @Nullable
    HeldEvent nextRipe(Duration grace) {
        HeldEvent next = held.peek();
        boolean ripe =
                next != null && (isInOrder() || !next.event.time().plus(grace).isAfter(clock));
        return ripe ? nextHeld() : null;
    }

    /** Has the object looked at once that time has passed; null for never. */
    void schedule(ObjectRef ref, @Nullable Instant at) {
        if (at == null) {
            return;
        }
        Deadline known = scheduled.get(ref);
        if (known == null || at.isBefore(known.at())) {
            forget(ref);
            Deadline deadline = new Deadline(at, ref);
            scheduled.put(ref, deadline);
            deadlines.add(deadline);
        }
    }

    /** The next object whose time has passed; null if there is none. */
    @Nullable
    ObjectRef nextDue() {
        if (deadlines.isEmpty() || !passed.isAfter(deadlines.first().at())) {
            return null;
        }
        ObjectRef due = deadlines.first().ref();
        forget(due);
        return due;
    }

    /** Nothing is to happen to the object by time alone. */
    void forget(ObjectRef ref) {
        Deadline known = scheduled.remove(ref);
        if (known != null) {
            deadlines.remove(known);
        }
    }

    /** Who is heard of it, if the memory does not know of that yet; null if it does. */
    @Nullable
    Sources newSources() {
        return sources.isDirty() ? sources : null;
    }

    /** Takes up who was heard before. */
    void restore(Sources heard) {
        sources = heard;
    }

    /** Whether the memory does not know all of it. */
    boolean isDirty() {
        return dirty;
    }

    /** The memory knows all of it. */
    void written() {
        dirty = false;
    }

    void write(StateWriter out) {
        out.time(clock);
        out.time(passed);
        out.number(objects);
        out.number(bytes);
        writes.write(out, clock);
    }

    /** State from before its writes were kept has none: they are counted from then on. */
    void read(StateReader in) {
        clock = in.time();
        passed = in.time();
        objects = in.number();
        bytes = in.number();
        if (in.hasMore()) {
            writes.read(in);
        }
        in.finish();
        dirty = false;
    }
}
