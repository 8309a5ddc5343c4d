package io.patchwar.watch;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What could be seen of one cluster ({@code detection.md} section 5). One thread. */
public final class ClusterSight {
    private static final int MOST_RESOURCES = 2_000;

    private final Map<String, ResourceSight> resources = new TreeMap<>();
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long evicted;
    private long judgedEarly;
    private long forgotten;

    /** The sight of one resource, made when first asked for; of so many that they are one too many, one for all others. */
    public ResourceSight of(String group, String resource) {
        return ofName(group.isEmpty() ? resource : resource + "." + group);
    }

    private ResourceSight ofName(String key) {
        ResourceSight known = resources.get(key);
        if (known == null) {
            known = resources.computeIfAbsent(
                    resources.size() < MOST_RESOURCES ? key : "(others)", name -> new ResourceSight());
        }
        return known;
    }

    /** Adds what was seen of the same cluster elsewhere. */
    void add(ClusterSight other) {
        if (other.first != null && other.last != null) {
            heard(other.first);
            heard(other.last);
        }
        evicted += other.evicted;
        judgedEarly += other.judgedEarly;
        forgotten += other.forgotten;
        other.resources.forEach((name, theirs) -> ofName(name).add(theirs));
    }

    /** Notes the stamp of an event. */
    public void heard(Instant time) {
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }

    /** Counts an object that is forgotten for want of room. */
    public void countEvicted() {
        evicted++;
    }

    /** Counts a write that is judged before its time for want of room. */
    public void countJudgedEarly() {
        judgedEarly++;
    }

    /** Counts what an object's histories and wars had to forget. */
    public void countForgotten(long more) {
        forgotten += more;
    }

    /** By resource, with its group after a dot. */
    public Map<String, ResourceSight> resources() {
        return Map.copyOf(resources);
    }

    /** Stamp of the oldest event; null before the first. */
    public @Nullable Instant first() {
        return first;
    }

    /** Stamp of the newest event, which is the cluster's clock; null before the first. */
    public @Nullable Instant last() {
        return last;
    }

    /** Objects forgotten for want of room. */
    public long evicted() {
        return evicted;
    }

    /** Writes judged before their time for want of room. */
    public long judgedEarly() {
        return judgedEarly;
    }

    /** Field histories and wars forgotten for want of room. */
    public long forgotten() {
        return forgotten;
    }
}
