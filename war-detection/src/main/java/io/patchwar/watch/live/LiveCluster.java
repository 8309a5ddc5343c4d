package io.patchwar.watch.live;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import io.patchwar.pressure.ClusterWrites;
import io.patchwar.watch.ClusterSight;
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
    final String name;
    final ClusterSight sight = new ClusterSight();
    final ClusterWrites writes = new ClusterWrites();
    Sources sources = new Sources();

    /** Objects that the memory has, and the bytes of their values. */
    long objects;

    long bytes;

    /** Objects that the heap alone has. */
    long unstored;

    long heldBytes;

    /** From where on the next victims are looked for. */
    byte[] evictFrom;

    boolean dirty = true;

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

    /** The newest that was heard of it. */
    Instant clock() {
        return clock;
    }

    void heard(Instant time) {
        if (time.isAfter(clock)) {
            clock = time;
            dirty = true;
        }
    }

    /** Up to when its time has passed for its wars: what is stamped later may not have been judged yet. */
    Instant passed() {
        return passed;
    }

    /** Lets time pass, as far as it has. */
    void pass(Duration grace) {
        Instant judged = sources.isOneInOrder() || clock.equals(Instant.EPOCH) ? clock : clock.minus(grace);
        if (judged.isAfter(passed)) {
            passed = judged;
        }
    }

    void hold(HeldEvent event) {
        held.add(event);
        heldBytes += event.size();
    }

    int heldEvents() {
        return held.size();
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
        boolean ripe = next != null
                && (sources.isOneInOrder() || !next.event.time().plus(grace).isAfter(clock));
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
