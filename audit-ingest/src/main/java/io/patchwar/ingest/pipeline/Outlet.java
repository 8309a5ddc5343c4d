package io.patchwar.ingest.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where records go: Kafka, or a spool before it. Thread-safe. */
public interface Outlet {
    /**
     * Takes records over, in their order.
     *
     * @param maySpool whether a spool will do; else only Kafka
     * @return completes when all are durable; fails with {@link NotDurableException} if they may not be, and then they must be
     *     handed in again, which may double some of them
     */
    CompletableFuture<Void> deliver(List<OutRecord> records, boolean maySpool);

    /** Says of an origin that it is heard, which moves its cluster's time; after what was delivered before. */
    default void heard(Heard heard) {}
}
