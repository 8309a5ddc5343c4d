package io.patchwar.watch.live;

import io.patchwar.detection.Verdict;
import io.patchwar.fields.DigestKey;
import io.patchwar.fields.FieldTracker;
import io.patchwar.fields.Tracked;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.DeletedCollection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches one partition of a stream, for as long as it lasts: any number of clusters, each with a clock of its own that
 * its events and heartbeats move. Everything that must survive goes to the memory; what is found goes to the sink. The
 * same events and heartbeats in the same order give the same updates, whenever {@link #commit} was called and however
 * often all was begun anew from the memory. One thread.
 */
public final class LiveWatch {
    /** So many events without a heartbeat between them look for cold objects, too. */
    private static final int EVENTS_PER_SWEEP = 4_096;

    private final Duration grace;
    private final LiveConfig config;
    private final FieldTracker tracker;
    private final LiveSink sink;
    private final Teller teller;
    private final Clusters clusters = new Clusters();
    private final LiveObjects objects;
    private final Tally tally;
    private final Room room;
    private final Counts counts = new Counts();
    private final long digestKey;
    private final ObjectMemory memory;
    private int sinceSweep;

    /** What was done since the watch began. */
    private static final class Counts {
        long taken;
        long judged;
        long duplicates;
        long replayed;
        long late;
        long judgedEarly;
        long forgotten;
    }

    /**
     * @param key the same in every process that ever works with this memory: under another one no value would be known again
     */
    public LiveWatch(LiveConfig config, DigestKey key, ObjectMemory memory, LiveSink sink) {
        this.config = config;
        this.grace = config.watch().grace();
        this.tracker = new FieldTracker(key, grace, config.watch().redact());
        this.sink = sink;
        this.memory = memory;
        this.digestKey = key.fingerprint();
        this.teller = new Teller(sink, config.progress());
        Tally tally = new Tally();
        this.tally = tally;
        this.objects = new LiveObjects(config, memory, tally);
        this.room = new Room(config, memory, objects, clusters, teller, tally);
    }

    /**
     * Takes up what the memory holds: clocks, open disputes, held events. Once, before anything else; reads a small part of it.
     *
     * @throws IllegalStateException if the memory was written under another digest key
     * @throws io.patchwar.model.state.CorruptStateException if it is damaged, or of a version that is not known
     */
    public void restore() {
        DigestKeyMark.check(memory, digestKey);
        objects.restore(clusters, teller);
    }

    /**
     * Takes a write in. The event's buffers are the watch's from here on.
     *
     * @param position where in the partition it was read (its offset); rises. Read again from further back, it is known by
     *     this to have been taken in
     */
    public void accept(AuditEvent event, long position) {
        LiveCluster cluster = clusters.of(event.object().cluster());
        cluster.heard(event);
        if (event.verb() == Verb.DELETECOLLECTION) {
            acceptCollection(event, position, cluster);
        } else {
            take(event, position, cluster);
        }
        release(cluster);
        passTime(cluster);
        if (++sinceSweep >= EVENTS_PER_SWEEP) {
            sweep();
        }
        room.make();
        objects.cool(clusters);
    }

    /** Lets the time of its cluster pass. */
    public void heartbeat(Heartbeat heartbeat) {
        LiveCluster cluster = clusters.of(heartbeat.cluster());
        cluster.heard(heartbeat);
        release(cluster);
        passTime(cluster);
        sweep();
        objects.cool(clusters);
    }

    /** Writes to the memory what it does not hold yet; when this returns, nothing before the last position is needed again. */
    public void commit() {
        objects.commit(clusters);
    }

    /** One delete for each item of the reply's list; without a list nobody can tell what is gone. */
    private void acceptCollection(AuditEvent event, long position, LiveCluster cluster) {
        try {
            if (DeletedCollection.isUnlisted(event)) {
                cluster.sight(event.object()).countUnlistedCollection();
            }
            for (AuditEvent delete : DeletedCollection.items(event)) {
                take(delete, position, cluster);
            }
        } catch (MalformedJsonException e) {
            cluster.sight(event.object()).countUnlistedCollection();
        }
    }

    private void take(AuditEvent event, long position, LiveCluster cluster) {
        counts.taken++;
        LiveObject object = objects.of(event.object(), cluster);
        if (object.tookIn(event, position)) {
            counts.replayed++;
            return;
        }
        if (object.isDuplicate(event, cluster.clock())) {
            counts.duplicates++;
            cluster.sight(event.object()).countDuplicate();
            return;
        }
        object.takeIn(event, position);
        objects.changed(object);
        if (cluster.isInOrder() && !object.isHolding()) {
            judge(object, event, cluster);
        } else {
            hold(object, event, position, cluster);
        }
    }

    private void hold(LiveObject object, AuditEvent event, long position, LiveCluster cluster) {
        HeldEvent held = new HeldEvent(event, object, position);
        object.hold(held);
        objects.held(held);
        cluster.hold(held);
        LiveCluster crowded = crowded();
        for (; crowded != null; crowded = crowded()) {
            HeldEvent next = crowded.nextHeld();
            if (next == null) {
                return;
            }
            if (!next.judged) {
                crowded.sight().countJudgedEarly();
                counts.judgedEarly++;
                judgeUpTo(next, crowded);
            }
        }
    }

    /** The cluster that holds most, if all together hold too much. */
    private @Nullable LiveCluster crowded() {
        long all = 0;
        LiveCluster most = null;
        for (LiveCluster cluster : clusters.all()) {
            all += cluster.heldBytes();
            most = most == null || cluster.heldBytes() > most.heldBytes() ? cluster : most;
        }
        return all > config.watch().mostHeldBytes() ? most : null;
    }

    private void release(LiveCluster cluster) {
        for (HeldEvent next = cluster.nextRipe(grace); next != null; next = cluster.nextRipe(grace)) {
            if (!next.judged) {
                judgeUpTo(next, cluster);
            }
        }
    }

    /** Judges the event, and before it whatever of its object belongs before it. */
    private void judgeUpTo(HeldEvent due, LiveCluster cluster) {
        LiveObject object = due.object;
        objects.changed(object);
        for (HeldEvent next : object.takeUpTo(due)) {
            objects.judged(next);
            judge(object, next.event, cluster);
        }
    }

    private void judge(LiveObject object, AuditEvent event, LiveCluster cluster) {
        counts.judged++;
        cluster.pass(grace);
        Tracked tracked = tracker.track(object.state(), event);
        cluster.sight(event.object()).count(event, tracked.note());
        counts.late += tracked.note() == Tracked.Note.LATE ? 1 : 0;
        Observation write = tracked.observation();
        if (write == null) {
            return;
        }
        cluster.count(object.ref(), write);
        long before = object.history().forgotten();
        List<Verdict> verdicts = object.history().judge(write);
        long forgotten = object.history().forgotten() - before;
        if (forgotten > 0) {
            cluster.sight().countForgotten(forgotten);
            counts.forgotten += forgotten;
        }
        if (!write.changes().isEmpty() || write.existence() != Observation.Existence.UNCHANGED) {
            sink.changes(object.ref(), write);
        }
        if (!verdicts.isEmpty()) {
            teller.tell(object, verdicts, cluster);
            cluster.schedule(object.ref(), object.deadline(config.progress()));
        }
    }

    /** Ends what has been silent for long enough, and says what was held back. */
    private void passTime(LiveCluster cluster) {
        cluster.pass(grace);
        for (ObjectRef due = cluster.nextDue(); due != null; due = cluster.nextDue()) {
            LiveObject object = objects.known(due);
            if (object != null) {
                teller.tell(object, object.history().passTime(cluster.passed()), cluster);
                teller.catchUp(object, cluster);
                objects.changed(object);
                cluster.schedule(due, object.deadline(config.progress()));
            }
        }
    }

    private void sweep() {
        sinceSweep = 0;
        room.sweep();
    }

    /** By cluster, what could be seen since this watch began; live views, to be read on the watch's thread. */
    public Map<String, ClusterSight> sight() {
        Map<String, ClusterSight> sight = new TreeMap<>();
        clusters.all().forEach(cluster -> sight.put(cluster.name(), cluster.sight()));
        return sight;
    }

    /** What each cluster writes now, as far as this partition sees it: records of the topic {@code cluster-load}. */
    public List<ClusterLoad> loads(int partition) {
        return clusters.all().stream().map(cluster -> cluster.load(partition)).toList();
    }

    /** What was done, and what is held now. Counting takes no walk over the objects. */
    public LiveAccount account() {
        long heldEvents = 0;
        long heldBytes = 0;
        for (LiveCluster cluster : clusters.all()) {
            heldEvents += cluster.heldEvents();
            heldBytes += cluster.heldBytes();
        }
        return new LiveAccount(
                counts.taken,
                counts.judged,
                counts.duplicates,
                counts.replayed,
                counts.late,
                counts.judgedEarly,
                heldEvents,
                heldBytes,
                objects.tracked(),
                tally.bytes(),
                objects.hot(),
                objects.hotBytes(),
                room.evicted(),
                room.expired(),
                objects.oversized(),
                counts.forgotten,
                teller.ongoing());
    }
}
