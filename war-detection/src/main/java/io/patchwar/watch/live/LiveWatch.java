package io.patchwar.watch.live;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.watch.ClusterSight;
import java.util.List;
import java.util.Map;

/**
 * Watches one partition of a stream, for as long as it lasts: any number of clusters, each with a clock of its own that
 * its events and heartbeats move. Everything that must survive goes to the memory; what is found goes to the sink. The
 * same events and heartbeats in the same order give the same updates, whenever {@link #commit} was called and however
 * often all was begun anew from the memory. One thread.
 */
public final class LiveWatch {
    @SuppressWarnings("UnusedVariable")
    public LiveWatch(LiveConfig config, DigestKey key, ObjectMemory memory, LiveSink sink) {}

    /** Takes up what the memory holds: clocks, open disputes, held events. Once, before anything else; reads a small part. */
    public void restore() {}

    /**
     * Takes a write in. The event's buffers are the watch's from here on.
     *
     * @param position where in the partition it was read (its offset); rises. Read again from further back, it is known by
     *     this to have been taken in
     */
    public void accept(AuditEvent event, long position) {}

    /** Lets the time of its cluster pass. */
    public void heartbeat(Heartbeat heartbeat) {}

    /** Writes to the memory what it does not hold yet; when this returns, nothing before the last position is needed again. */
    public void commit() {}

    /** By cluster, what could be seen since this watch began; live views, to be read on the watch's thread. */
    public Map<String, ClusterSight> sight() {
        return Map.of();
    }

    /** What each cluster writes now, as far as this partition sees it: records of the topic {@code cluster-load}. */
    @SuppressWarnings("UnusedVariable")
    public List<ClusterLoad> loads(int partition) {
        return List.of();
    }

    /** What was done, and what is held now. Counting takes no walk over the objects. */
    public LiveAccount account() {
        return new LiveAccount(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
