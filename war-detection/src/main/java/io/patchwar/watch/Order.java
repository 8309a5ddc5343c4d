package io.patchwar.watch;

import io.patchwar.model.audit.AuditEvent;
import java.time.Instant;

/** What a shard is told to do. It does so in the order in which it is told. */
sealed interface Order {

    /**
     * Judges what has waited for long enough, and then takes a write in.
     *
     * @param number the write's place among all, from 1
     * @param due number of the last write that need not wait any longer
     * @param now what its cluster's clock shows
     */
    record Take(AuditEvent event, long number, long due, Instant now) implements Order {}

    /**
     * Judges what has waited for long enough, and then lays down what is fought in a cluster.
     *
     * @param passes whether its time passes, so that what is silent may end
     */
    record Weigh(String cluster, Instant now, long due, Weighing weighing, boolean passes) implements Order {}

    /** Judges what has waited for long enough. */
    record Judge(long due) implements Order {}
}
