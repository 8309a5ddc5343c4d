package io.patchwar.watch;

import io.patchwar.detection.Verdict;
import io.patchwar.fields.DigestKey;
import io.patchwar.fields.FieldTracker;
import io.patchwar.fields.Tracked;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches any number of clusters: takes writes as they arrive, judges them in their order, and keeps what was found.
 * Time is each cluster's own, moved by its events. Everything is bounded by the configuration; what had to be forgotten is
 * counted. One thread.
 */
public final class WarWatch {
    private static final Duration TICK = Duration.ofSeconds(30);

    private final WatchConfig config;
    private final FieldTracker tracker;
    private final WarBook book;
    private final Map<ObjectRef, ObjectEntry> objects = new LinkedHashMap<>(1024, 0.75f, true);
    private final Set<ObjectEntry> disputed = new LinkedHashSet<>();
    private final Deque<Held> queue = new ArrayDeque<>();
    private final Map<String, ClusterSight> sight = new TreeMap<>();
    private final Map<String, ClusterClock> clocks = new TreeMap<>();
    private long heldBytes;
    private long bytes;
    private long input;

    /** An event that waits for those that belong before it. */
    private record Held(AuditEvent event, ObjectEntry entry, long arrival) {}

    public WarWatch(WatchConfig config, DigestKey key) {
        this.config = config;
        this.tracker = new FieldTracker(key, config.grace(), config.redact());
        this.book = new WarBook(config.mostWars(), config.pressure());
    }

    /** One more record of the input, whatever it was: how long writes are held is counted in these. */
    public void read() {
        input++;
    }

    /** Takes a write in; the event's buffers must stay as they are for as long as it is held. */
    public void accept(AuditEvent event) {
        clusterSight(event).heard(event.time());
        clock(event.object().cluster()).heard(event.time());
        if (event.verb() == Verb.DELETECOLLECTION) {
            acceptCollection(event);
        } else {
            hold(event);
        }
        release();
    }

    /** One delete for each item of the reply's list; without a list nobody can tell what is gone. */
    private void acceptCollection(AuditEvent event) {
        try {
            if (DeletedCollection.isUnlisted(event)) {
                resourceSight(event).countUnlistedCollection();
            }
            DeletedCollection.items(event).forEach(this::hold);
        } catch (MalformedJsonException e) {
            resourceSight(event).countUnlistedCollection();
        }
    }

    private void hold(AuditEvent event) {
        ObjectEntry entry = objects.computeIfAbsent(event.object(), ref -> new ObjectEntry(ref, config));
        if (entry.isDuplicate(event)) {
            resourceSight(event).countDuplicate();
            return;
        }
        entry.held.add(event);
        entry.lastSeen = event.time();
        queue.addLast(new Held(event, entry, input));
        heldBytes += size(event);
    }

    private static long size(AuditEvent event) {
        Slice request = event.request();
        Slice response = event.response();
        return 600L + (request == null ? 0 : request.length()) + (response == null ? 0 : response.length());
    }

    private void release() {
        while (!queue.isEmpty()) {
            Held oldest = queue.getFirst();
            boolean ripe = input - oldest.arrival() >= config.heldEvents()
                    && !oldest.event()
                            .time()
                            .plus(config.grace())
                            .isAfter(clock(oldest.entry().object.cluster()).now());
            boolean crowded = heldBytes > config.mostHeldBytes();
            if (!ripe && !crowded) {
                break;
            }
            if (!ripe) {
                clusterSight(oldest.event()).countJudgedEarly();
            }
            queue.removeFirst();
            judgeUpTo(oldest);
        }
        forget();
    }

    /** Judges the event, and before it whatever of its object belongs before it. */
    private void judgeUpTo(Held due) {
        heldBytes -= size(due.event());
        for (AuditEvent event : due.entry().held.takeUpTo(due.event())) {
            judge(due.entry(), event);
        }
    }

    private void judge(ObjectEntry entry, AuditEvent event) {
        String cluster = entry.object.cluster();
        ClusterClock clock = clock(cluster);
        Instant lastJudged = clock.judges(event.time());
        if (event.time().isAfter(lastJudged.plus(TICK))) {
            // Nothing was written for a while, and by now nothing is known any more of how fast it was before.
            book.weigh(cluster, lastJudged, clock.writes);
        }
        Tracked tracked = tracker.track(entry.state, event);
        resourceSight(event).count(event, tracked.note());
        Observation observation = tracked.observation();
        if (observation != null) {
            clock.writes.count(entry.object, observation);
            long before = entry.history.forgotten();
            record(entry, entry.history.judge(observation), event.time(), clock);
            clusterSight(event).countForgotten(entry.history.forgotten() - before);
        }
        if (entry.isToBeWeighed()) {
            int weight = entry.weigh();
            bytes += weight - entry.weight;
            entry.weight = weight;
        }
        if (clock.ticks(event.time(), TICK)) {
            passTime(cluster, event.time(), clock);
        }
    }

    private void record(ObjectEntry entry, List<Verdict> verdicts, Instant now, ClusterClock clock) {
        for (Verdict verdict : verdicts) {
            book.record(verdict, now, clock.writes);
            disputed.add(entry);
        }
    }

    private void passTime(String cluster, Instant now, ClusterClock clock) {
        book.weigh(cluster, now, clock.writes);
        for (ObjectEntry entry : List.copyOf(disputed)) {
            if (entry.object.cluster().equals(cluster)) {
                record(entry, entry.history.passTime(now), now, clock);
                if (entry.history.isAtPeace()) {
                    disputed.remove(entry);
                }
            }
        }
    }

    /** Forgets what is cold, and beyond the bounds what is coldest. */
    private void forget() {
        while (!objects.isEmpty()) {
            ObjectEntry eldest = objects.values().iterator().next();
            boolean full = objects.size() > config.mostObjects() || bytes > config.mostBytes();
            boolean cold = eldest.held.isEmpty()
                    && eldest.history.isAtPeace()
                    && eldest.lastSeen.isBefore(clock(eldest.object.cluster())
                            .now()
                            .minus(config.rules().window()));
            if (!full && !cold) {
                return;
            }
            ObjectEntry victim = cold ? eldest : victim(eldest);
            if (victim == null) {
                return;
            }
            objects.remove(victim.object);
            disputed.remove(victim);
            bytes -= victim.weight;
            if (!cold) {
                sight.computeIfAbsent(victim.object.cluster(), name -> new ClusterSight())
                        .countEvicted();
            }
        }
    }

    /** The coldest object that nothing waits for, at peace if one of the coldest is. */
    private @Nullable ObjectEntry victim(ObjectEntry eldest) {
        Iterator<ObjectEntry> candidates = objects.values().iterator();
        ObjectEntry idle = null;
        for (int i = 0; i < 256 && candidates.hasNext(); i++) {
            ObjectEntry candidate = candidates.next();
            if (candidate.held.isEmpty()) {
                if (candidate.history.isAtPeace()) {
                    return candidate;
                }
                idle = idle == null ? candidate : idle;
            }
        }
        return idle != null ? idle : eldest.held.isEmpty() ? eldest : null;
    }

    /** The input is over: judges all that is held, and ends what has been silent by its cluster's clock. */
    public void finish() {
        while (!queue.isEmpty()) {
            judgeUpTo(queue.removeFirst());
        }
        clocks.forEach((cluster, clock) -> passTime(cluster, clock.now(), clock));
    }

    /** What was found so far. */
    public Findings findings() {
        return book.findings(sight);
    }

    private ClusterClock clock(String cluster) {
        ClusterClock clock = clocks.get(cluster);
        if (clock == null) {
            clock = new ClusterClock();
            clocks.put(cluster, clock);
        }
        return clock;
    }

    private ClusterSight clusterSight(AuditEvent event) {
        return sight.computeIfAbsent(event.object().cluster(), name -> new ClusterSight());
    }

    private ResourceSight resourceSight(AuditEvent event) {
        return clusterSight(event).of(event.object().group(), event.object().resource());
    }

    /** Roughly how many bytes of memory are held for objects and waiting events. */
    public long weight() {
        return bytes + heldBytes;
    }
}
