package io.patchwar.processor.topology;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The vigils of all partitions of an instance, for who asks from outside whether any stands still: a thread that waits for
 * Kafka to take what was found does not tick, and Streams calls that running. Thread-safe.
 */
final class Vigils {
    /** A partition that stands still for so many sessions is not one that was busy for a moment. */
    private static final int SESSIONS = 3;

    private final Duration session;
    private final LongSupplier nanos;
    private final Map<String, Vigil> kept = new ConcurrentHashMap<>();

    /**
     * @param nanos a clock as {@link System#nanoTime}
     */
    Vigils(Duration session, LongSupplier nanos) {
        this.session = session;
        this.nanos = nanos;
    }

    /** One that begins now. */
    Vigil begin(String task) {
        Vigil vigil = new Vigil(session, nanos);
        kept.put(task, vigil);
        return vigil;
    }

    /** It is not kept any more. */
    void end(String task, Vigil vigil) {
        kept.remove(task, vigil);
    }

    /** Which partition stands still, and for how long, in words for an operator; empty while none does. */
    Optional<String> standstill() {
        Duration longest = session.multipliedBy(SESSIONS);
        return kept.entrySet().stream()
                .filter(vigil -> vigil.getValue().still().compareTo(longest) > 0)
                .min(Map.Entry.comparingByKey())
                .map(vigil -> "task " + vigil.getKey() + " stands still for "
                        + vigil.getValue().still().toSeconds()
                        + " s; does Kafka take what it writes (brokers, min.insync.replicas)?");
    }
}
