package io.patchwar.ingest.delivery;

import io.patchwar.ingest.pipeline.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was read and is not durable: batches on their way, and those that were refused and come again. By cluster, as a
 * heartbeat of any of its sources moves its time. Bounded; one thread.
 */
final class Unsettled {
    /** Senders name themselves: whoever makes up names does not fill memory. */
    private static final int MOST_REFUSED = 1_024;

    private final Duration heldAgainst;
    private final Map<String, Integer> onTheirWay = new HashMap<>();
    private final Map<Origin, Instant> refused = new HashMap<>();

    /** @param heldAgainst how long after its last refusal an origin that does not come again is waited for */
    Unsettled(Duration heldAgainst) {
        this.heldAgainst = heldAgainst;
    }

    void begun(Origin origin) {
        onTheirWay.merge(origin.cluster(), 1, Integer::sum);
    }

    /** @param records made of it: a batch that held nothing is not the one that was refused */
    void durable(Origin origin, int records) {
        over(origin);
        if (records > 0) {
            refused.remove(origin);
        }
    }

    void refused(Origin origin, Instant now) {
        over(origin);
        if (refused.size() < MOST_REFUSED || refused.containsKey(origin)) {
            refused.put(origin, now);
        }
    }

    private void over(Origin origin) {
        onTheirWay.computeIfPresent(origin.cluster(), (cluster, batches) -> batches == 1 ? null : batches - 1);
    }

    /** Whether batches of that cluster are on their way. */
    boolean isUnderWay(String cluster) {
        return onTheirWay.containsKey(cluster);
    }

    /** Clusters of which something was refused that has not come again, nor been given up by its sender. */
    Set<String> owed(Instant now) {
        refused.values().removeIf(at -> at.plus(heldAgainst).isBefore(now));
        return refused.keySet().stream().map(Origin::cluster).collect(Collectors.toSet());
    }
}
