package io.patchwar.ingest.pipeline;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.redact.Redaction;
import io.patchwar.model.audit.AuditReader;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all doors share: unwraps documents, drops what cannot matter, redacts what must not travel, and says when what is left
 * is durable. Thread-safe; a {@link Batch} is one thread's.
 */
public final class Pipeline {
    /** Readers remember words; so many are kept for the next batch of a cluster. */
    private static final int IDLE_DESKS = 8;

    private final IngestScope scope;
    private final Redaction redaction;
    private final DeadLetters deadLetters;
    private final Outlet outlet;
    private final IngestMetrics metrics;
    private final InstantSource clock;
    private final Map<String, BlockingQueue<Desk>> idle = new ConcurrentHashMap<>();

    /** Tools that belong to one batch at a time. */
    record Desk(AuditReader reader, Clerk clerk) {}

    public Pipeline(
            IngestScope scope,
            Redaction redaction,
            DeadLetters deadLetters,
            Outlet outlet,
            IngestMetrics metrics,
            InstantSource clock) {
        this.scope = scope;
        this.redaction = redaction;
        this.deadLetters = deadLetters;
        this.outlet = outlet;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Opens a batch: what is fed to it is durable, or is not, as one. */
    public Batch begin(Origin origin) {
        BlockingQueue<Desk> queue = idle.get(origin.cluster());
        Desk desk = queue == null ? null : queue.poll();
        if (desk == null) {
            desk = new Desk(
                    new AuditReader(origin.cluster(), scope.coarse()),
                    new Clerk(scope, redaction.redactor(), metrics, clock));
        }
        return new Batch(origin, desk, this, outlet, deadLetters, metrics, clock);
    }

    /**
     * Says that an origin is there and had nothing to say: an open file at its end. Not of a topic: that one is empty does not
     * say whether its cluster is quiet or its shipper is dead.
     */
    public void heard(Origin origin) {
        outlet.heard(new Heard(origin.cluster(), origin.source(), origin.ordered(), null, clock.instant()));
    }

    void giveBack(Origin origin, @Nullable Desk desk) {
        if (desk != null) {
            var unused = idle.computeIfAbsent(origin.cluster(), name -> new ArrayBlockingQueue<>(IDLE_DESKS))
                    .offer(desk);
        }
    }
}
