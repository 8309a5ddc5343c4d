package io.patchwar.watch;

/** What could be seen of the writes of one resource in one cluster; counters that only rise. One thread. */
public final class ResourceSight {
    long writes;
    long bodies;
    long replies;
    long truncated;
    long noOps;
    long rejected;
    long unknown;
    long duplicates;
    long late;
    long gaps;
    long resynchronised;
    long restored;
    long unlistedCollections;

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
