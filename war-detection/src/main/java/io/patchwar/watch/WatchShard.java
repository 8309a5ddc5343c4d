package io.patchwar.watch;

import io.patchwar.detection.Verdict;
import io.patchwar.fields.DigestKey;
import io.patchwar.fields.FieldTracker;
import io.patchwar.fields.Tracked;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.audit.AuditEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the writes of a share of the objects: holds them until it is told that they are due, and keeps what is remembered of
 * each object. Shards know nothing of one another. One thread at a time.
 */
final class WatchShard {
    private final WatchConfig config;
    private final int number;
    private final int mostObjects;
    private final long mostBytes;
    private final FieldTracker tracker;
    private final WarBook book;
    private final Map<ObjectRef, ObjectEntry> objects = new LinkedHashMap<>(256, 0.75f, true);
    private final Set<ObjectEntry> disputed = new LinkedHashSet<>();
    private final Deque<Held> queue = new ArrayDeque<>();
    private final Map<String, ClusterShare> clusters = new HashMap<>();
    private long bytes;

    /** The cluster that was asked for last, which is mostly asked for next, too. */
    private String latestName = "";

    private @Nullable ClusterShare latest;

    /** An event that waits for those that belong before it. */
    private record Held(AuditEvent event, ObjectEntry entry, long number) {}

    /** @param shards how many shards share the bounds of the configuration */
    WatchShard(WatchConfig config, DigestKey key, int number, int shards) {
        this.config = config;
        this.number = number;
        this.mostObjects = Math.max(1, config.mostObjects() / shards);
        this.mostBytes = config.mostBytes() / shards;
        this.tracker = new FieldTracker(key.copy(), config.grace(), config.redact());
        this.book = new WarBook(Math.max(1, config.mostWars() / shards));
    }

    void obey(Order order) {
        if (order instanceof Order.Take take) {
            judgeUpTo(take.due());
            hold(take);
            forget();
        } else if (order instanceof Order.Weigh weigh) {
            judgeUpTo(weigh.due());
            weigh.weighing()
                    .lay(
                            book.loads(weigh.cluster(), weigh.now()),
                            cluster(weigh.cluster()).lately.load(weigh.cluster(), number, weigh.now()));
            if (weigh.passes()) {
                passTime(weigh.cluster(), weigh.now());
            }
        } else if (order instanceof Order.Judge judge) {
            judgeUpTo(judge.due());
            forget();
        }
    }

    private void hold(Order.Take take) {
        AuditEvent event = take.event();
        cluster(event.object().cluster()).now = take.now();
        ObjectEntry entry = objects.get(event.object());
        if (entry == null) {
            entry = new ObjectEntry(event.object(), config, resourceSight(event));
            objects.put(event.object(), entry);
        }
        if (entry.isDuplicate(event)) {
            entry.sight.countDuplicate();
            return;
        }
        entry.held.add(event);
        entry.lastSeen = event.time();
        queue.addLast(new Held(event, entry, take.number()));
    }

    /** Judges the writes up to that number, and before each whatever of its object belongs before it. */
    private void judgeUpTo(long number) {
        while (!queue.isEmpty() && queue.getFirst().number() <= number) {
            Held due = queue.removeFirst();
            for (AuditEvent event : due.entry().held.takeUpTo(due.event())) {
                judge(due.entry(), event);
            }
        }
    }

    private void judge(ObjectEntry entry, AuditEvent event) {
        ClusterShare cluster = cluster(entry.object.cluster());
        Tracked tracked = tracker.track(entry.state, event);
        entry.sight.count(event, tracked.note());
        Observation observation = tracked.observation();
        if (observation != null) {
            cluster.lately.count(entry.object, observation);
            if (observation.kind() == Observation.Kind.CHANGED) {
                cluster.writes.add(event.time());
            }
            long before = entry.history.forgotten();
            record(entry, entry.history.judge(observation), event.time());
            cluster.sight.countForgotten(entry.history.forgotten() - before);
        }
        if (entry.isToBeWeighed()) {
            int weight = entry.weigh();
            bytes += weight - entry.weight;
            entry.weight = weight;
        }
    }

    private void record(ObjectEntry entry, List<Verdict> verdicts, Instant now) {
        for (Verdict verdict : verdicts) {
            book.record(verdict, now);
            disputed.add(entry);
        }
    }

    private void passTime(String cluster, Instant now) {
        for (ObjectEntry entry : List.copyOf(disputed)) {
            if (entry.object.cluster().equals(cluster)) {
                record(entry, entry.history.passTime(now), now);
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
            boolean full = objects.size() > mostObjects || bytes > mostBytes;
            boolean cold = eldest.held.isEmpty()
                    && eldest.history.isAtPeace()
                    && eldest.lastSeen.isBefore(cluster(eldest.object.cluster())
                            .now
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
                cluster(victim.object.cluster()).sight.countEvicted();
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

    /** The wars and findings of these objects. */
    WarBook book() {
        return book;
    }

    Map<String, ClusterShare> clusters() {
        return clusters;
    }

    private ClusterShare cluster(String name) {
        if (latest != null && name.equals(latestName)) {
            return latest;
        }
        ClusterShare known = clusters.get(name);
        if (known == null) {
            known = new ClusterShare();
            clusters.put(name, known);
        }
        latestName = name;
        latest = known;
        return known;
    }

    private ResourceSight resourceSight(AuditEvent event) {
        return cluster(event.object().cluster())
                .sight
                .of(event.object().group(), event.object().resource());
    }

    /** Roughly how many bytes of memory are held for objects. */
    long weight() {
        return bytes;
    }
}
