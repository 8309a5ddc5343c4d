package io.patchwar.watch;

import io.patchwar.detection.Verdict;
import io.patchwar.fields.DigestKey;
import io.patchwar.fields.FieldTracker;
import io.patchwar.fields.Tracked;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges the writes of a share of the objects: holds them until it is told that they are due, and keeps what is remembered of
 * each object. Shards know nothing of one another. One thread at a time.
 */
final class WatchShard {
    private final WatchConfig config;
    private final int mostObjects;
    private final long mostBytes;
    private final FieldTracker tracker;
    private final WarBook book;
    private final Map<ObjectRef, ObjectEntry> objects = new LinkedHashMap<>(256, 0.75f, true);
    private final Set<ObjectEntry> disputed = new LinkedHashSet<>();
    private final Deque<Held> queue = new ArrayDeque<>();
    private final Map<String, ClusterSight> sight = new TreeMap<>();
    private final Map<String, ClusterClock> clocks = new TreeMap<>();
    private final Map<String, WritesByMinute> writes = new HashMap<>();
    private long bytes;

    /** An event that waits for those that belong before it. */
    private record Held(AuditEvent event, ObjectEntry entry, long number) {}

    /** @param shards how many shards share the bounds of the configuration */
    WatchShard(WatchConfig config, DigestKey key, int shards) {
        this.config = config;
        this.mostObjects = Math.max(1, config.mostObjects() / shards);
        this.mostBytes = config.mostBytes() / shards;
        this.tracker = new FieldTracker(key, config.grace(), config.redact());
        this.book = new WarBook(Math.max(1, config.mostWars() / shards));
    }

    void obey(Order order) {
        if (order instanceof Order.Take take) {
            judgeUpTo(take.due());
            hold(take);
            forget();
        } else if (order instanceof Order.Pass pass) {
            judgeUpTo(pass.due());
            passTime(pass.cluster(), pass.now());
        } else if (order instanceof Order.Judge judge) {
            judgeUpTo(judge.due());
            forget();
        }
    }

    private void hold(Order.Take take) {
        AuditEvent event = take.event();
        clock(event.object().cluster()).heard(take.now());
        ObjectEntry entry = objects.computeIfAbsent(event.object(), ref -> new ObjectEntry(ref, config));
        if (entry.isDuplicate(event)) {
            resourceSight(event).duplicates++;
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
        Tracked tracked = tracker.track(entry.state, event);
        count(event, tracked);
        Observation observation = tracked.observation();
        if (observation != null) {
            if (observation.kind() == Observation.Kind.CHANGED) {
                writes(entry.object.cluster()).add(event.time());
            }
            long before = entry.history.forgotten();
            record(entry, entry.history.judge(observation), event.time());
            clusterSight(event).forgotten += entry.history.forgotten() - before;
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

    private void count(AuditEvent event, Tracked tracked) {
        ResourceSight seen = resourceSight(event);
        if (tracked.note() == Tracked.Note.LATE) {
            seen.late++;
            return;
        }
        seen.writes++;
        seen.bodies += event.hasBody() ? 1 : 0;
        seen.replies += event.response() != null ? 1 : 0;
        seen.truncated += event.truncated() ? 1 : 0;
        seen.rejected += event.outcome() == Outcome.REJECTED ? 1 : 0;
        switch (tracked.note()) {
            case NO_OP -> seen.noOps++;
            case UNKNOWN_OUTCOME -> seen.unknown++;
            case OVER_A_GAP -> seen.gaps++;
            case RESYNCHRONISED -> seen.resynchronised++;
            case RESTORED -> seen.restored++;
            default -> {}
        }
    }

    /** Forgets what is cold, and beyond the bounds what is coldest. */
    private void forget() {
        while (!objects.isEmpty()) {
            ObjectEntry eldest = objects.values().iterator().next();
            boolean full = objects.size() > mostObjects || bytes > mostBytes;
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
                sight.computeIfAbsent(victim.object.cluster(), name -> new ClusterSight()).evicted++;
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

    Map<String, ClusterSight> sight() {
        return sight;
    }

    /** By cluster, how much was written to these objects. */
    Map<String, WritesByMinute> writes() {
        return writes;
    }

    private ClusterClock clock(String cluster) {
        ClusterClock clock = clocks.get(cluster);
        if (clock == null) {
            clock = new ClusterClock(cluster);
            clocks.put(cluster, clock);
        }
        return clock;
    }

    private WritesByMinute writes(String cluster) {
        WritesByMinute known = writes.get(cluster);
        if (known == null) {
            known = new WritesByMinute();
            writes.put(cluster, known);
        }
        return known;
    }

    private ClusterSight clusterSight(AuditEvent event) {
        return sight.computeIfAbsent(event.object().cluster(), name -> new ClusterSight());
    }

    private ResourceSight resourceSight(AuditEvent event) {
        return clusterSight(event).of(event.object().group(), event.object().resource());
    }

    /** Roughly how many bytes of memory are held for objects. */
    long weight() {
        return bytes;
    }
}
