package io.patchwar.processor.metrics;

import java.time.Instant;

/**
 * How far a cluster's time got here, and when it last moved.
 *
 * @param newest stamp heard, of an event or a heartbeat
 * @param moved when that was heard, by this machine's clock
 */
record ClusterTime(Instant newest, Instant moved) {
    ClusterTime with(Instant stamp, Instant now) {
        return stamp.isAfter(newest) ? new ClusterTime(stamp, now) : this;
    }
}
