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
import java.util.PriorityQueue;
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
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>(
            Comparator.comparing(Deadline::at).thenComparing(d -> d.ref().toString()));
    private final Map<ObjectRef, Instant> scheduled = new HashMap<>();

    private record Deadline(Instant at, ObjectRef ref) {}

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
        Instant known = scheduled.get(ref);
        if (known == null || at.isBefore(known)) {
            scheduled.put(ref, at);
            deadlines.add(new Deadline(at, ref));
        }
    }

    /** The next object whose time has passed; null if there is none. */
    @Nullable
    ObjectRef nextDue() {
        for (Deadline next = deadlines.peek(); next != null; next = deadlines.peek()) {
            boolean valid = next.at().equals(scheduled.get(next.ref()));
            if (valid && !passed.isAfter(next.at())) {
                return null;
            }
            deadlines.poll();
            if (valid) {
                scheduled.remove(next.ref());
                return next.ref();
            }
        }
        return null;
    }

    /** Nothing is to happen to the object any more. */
    void forget(ObjectRef ref) {
        scheduled.remove(ref);
    }

    void write(StateWriter out) {
        out.time(clock);
        out.time(passed);
        out.number(objects);
        out.number(bytes);
    }

    void read(StateReader in) {
        clock = in.time();
        passed = in.time();
        objects = in.number();
        bytes = in.number();
        dirty = false;
    }
}
