package io.patchwar.ingest.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where records go: Kafka, or a spool before it. Thread-safe. A batch is told of three times: that it is {@link #reading}, what is to
 * be {@link #deliver delivered} of it, and that it is {@link #durable} or {@link #refused}.
 */
public interface Outlet {
    /**
     * Takes records over, in their order.
     *
     * @param maySpool whether a spool will do; else only Kafka
     * @return completes when all are durable; fails with {@link NotDurableException} if they may not be, and then they must be
     *     handed in again, which may double some of them
     */
    CompletableFuture<Void> deliver(List<OutRecord> records, boolean maySpool);

    /** Says that a batch of an origin is on its way. Its cluster's time must not pass what is in it. */
    default void reading(Origin origin) {}

    /**
     * Says that all of a batch is durable, which moves its cluster's time.
     *
     * @param heard what it told of its sources
     * @param records how many were made of it
     */
    default void durable(Origin origin, List<Heard> heard, int records) {}

    /** Says that a batch may not be durable: what is in it is still to come, and its cluster's time must not pass it. */
    default void refused(Origin origin) {}

    /** Says of an origin that it is heard and has nothing that was not delivered. */
    default void heard(Heard heard) {}
}
