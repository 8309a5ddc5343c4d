package io.patchwar.watch;

import io.patchwar.fields.Tracked;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;

/** What could be seen of the writes of one resource in one cluster; counters that only rise. One thread. */
public final class ResourceSight {
    private long writes;
    private long bodies;
    private long replies;
    private long truncated;
    private long noOps;
    private long rejected;
    private long unknown;
    private long duplicates;
    private long late;
    private long gaps;
    private long resynchronised;
    private long restored;
    private long unlistedCollections;

    /** Counts a write that was judged. */
    public void count(AuditEvent event, Tracked.Note note) {
        if (note == Tracked.Note.LATE) {
            late++;
            return;
        }
        writes++;
        bodies += event.hasBody() ? 1 : 0;
        replies += event.response() != null ? 1 : 0;
        truncated += event.truncated() ? 1 : 0;
        rejected += event.outcome() == Outcome.REJECTED ? 1 : 0;
        switch (note) {
            case NO_OP -> noOps++;
            case UNKNOWN_OUTCOME -> unknown++;
            case OVER_A_GAP -> gaps++;
            case RESYNCHRONISED -> resynchronised++;
            case RESTORED -> restored++;
            default -> {}
        }
    }

    /** Counts a write that was seen before. */
    public void countDuplicate() {
        duplicates++;
    }

    /** Counts a collection deleted without a list of what it held. */
    public void countUnlistedCollection() {
        unlistedCollections++;
    }

    void add(ResourceSight other) {
        writes += other.writes;
        bodies += other.bodies;
        replies += other.replies;
        truncated += other.truncated;
        noOps += other.noOps;
        rejected += other.rejected;
        unknown += other.unknown;
        duplicates += other.duplicates;
        late += other.late;
        gaps += other.gaps;
        resynchronised += other.resynchronised;
        restored += other.restored;
        unlistedCollections += other.unlistedCollections;
    }

    /** Writes taken in, duplicates and late ones left out. */
    public long writes() {
        return writes;
    }

    /** Of these, those with a request or reply body. */
    public long withBodies() {
        return bodies;
    }

    /** Of these, those with the stored object in their reply. */
    public long withReplies() {
        return replies;
    }

    /** Whose bodies the API server cut off. */
    public long truncated() {
        return truncated;
    }

    /** Accepted without changing anything. */
    public long noOps() {
        return noOps;
    }

    /** Refused by the API server. */
    public long rejected() {
        return rejected;
    }

    /** Of which nobody can tell whether they were stored. */
    public long unknown() {
        return unknown;
    }

    /** Seen before. */
    public long duplicates() {
        return duplicates;
    }

    /** Older than what was judged already. */
    public long late() {
        return late;
    }

    /** Updates over a version that was never seen: a write before them was missed. */
    public long gaps() {
        return gaps;
    }

    /** States that were not to be trusted and were taken over from the next full body. */
    public long resynchronised() {
        return resynchronised;
    }

    /** Objects whose versions fell back: a restored store. */
    public long restored() {
        return restored;
    }

    /** Collections deleted without a list of what they held. */
    public long unlistedCollections() {
        return unlistedCollections;
    }
}
