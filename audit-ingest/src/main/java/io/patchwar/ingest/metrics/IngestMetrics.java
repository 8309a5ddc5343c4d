package io.patchwar.ingest.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.model.wire.TopicName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All that ingest counts. Read audit records = accepted + skipped + rejected, per cluster and envelope; skipped and rejected
 * are told by reason beside that. Labels are bounded: clusters are the operator's, reasons and envelopes are words of the code.
 * Thread-safe.
 */
public final class IngestMetrics {
    /** Cluster, envelope, outcome: accepted, skipped, rejected. */
    public static final String EVENTS = "patchwar.audit.events";

    public static final String SKIPPED = "patchwar.audit.events.skipped";
    public static final String REJECTED = "patchwar.audit.events.rejected";
    public static final String CLAMPED = "patchwar.ingest.clamped";
    public static final String BODIES_REMOVED = "patchwar.ingest.bodies.removed";
    public static final String REDACTED = "patchwar.ingest.redacted";
    public static final String DEAD_LETTERS = "patchwar.ingest.dead.letters";

    public static final String PRODUCED = "patchwar.ingest.produced";
    public static final String PRODUCE_ERRORS = "patchwar.ingest.produce.errors";
    public static final String REFUSED_RECORDS = "patchwar.ingest.records.refused";
    public static final String HEARTBEATS = "patchwar.ingest.heartbeats";
    public static final String SPOOLED = "patchwar.ingest.spooled";
    public static final String DRAINED = "patchwar.ingest.drained";

    /** By HTTP status. */
    public static final String REQUESTS = "patchwar.ingest.webhook.requests";

    public static final String REQUEST_SECONDS = "patchwar.ingest.webhook.request";
    public static final String REQUEST_BYTES = "patchwar.ingest.webhook.bytes";
    public static final String BUFFERED_BYTES = "patchwar.ingest.webhook.buffered.bytes";
    public static final String NOT_DURABLE = "patchwar.ingest.webhook.not.durable";
    public static final String BROKEN = "patchwar.ingest.webhook.broken";

    public static final String SLOW_CONNECTIONS = "patchwar.ingest.webhook.slow.connections";
    public static final String RELOADS = "patchwar.ingest.webhook.reloads";

    public static final String SPOOL_BYTES = "patchwar.ingest.spool.bytes";
    public static final String SPOOL_CAPACITY = "patchwar.ingest.spool.capacity.bytes";
    public static final String SPOOL_AGE = "patchwar.ingest.spool.oldest.age.seconds";
    public static final String SPOOL_DAMAGED = "patchwar.ingest.spool.damaged.bytes";
    public static final String KAFKA_READY = "patchwar.ingest.kafka.ready";

    /** The door for files: by cluster. */
    public static final String FILES_READ = "patchwar.ingest.files.read.bytes";

    public static final String FILES_ROTATED = "patchwar.ingest.files.rotated";
    public static final String FILES_TRUNCATED = "patchwar.ingest.files.truncated";
    public static final String FILES_LOST = "patchwar.ingest.files.lost";
    public static final String FILES_OVERSIZED = "patchwar.ingest.files.oversized.lines";
    public static final String FILES_FAILED = "patchwar.ingest.files.failed.rounds";
    public static final String FILES_BEHIND = "patchwar.ingest.files.behind.bytes";

    /** The bridge: by bridge, and records by cluster. */
    public static final String BRIDGE_RECORDS = "patchwar.ingest.bridge.records";

    public static final String BRIDGE_BYTES = "patchwar.ingest.bridge.bytes";
    public static final String BRIDGE_UNNAMED = "patchwar.ingest.bridge.unnamed.records";
    public static final String BRIDGE_RETRIES = "patchwar.ingest.bridge.retries";
    public static final String BRIDGE_LAG = "patchwar.ingest.bridge.lag.records";

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    /** Counted for every record: found without its name being put together. */
    private final Map<TopicName, Counter> produced = new ConcurrentHashMap<>();

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        // A counter that is born with its first event has no increase for it: what may happen starts at zero.
        deadLetters("written");
        deadLetters("withheld");
    }

    /** Where parts of ingest register what only they know. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Counts what a document held. */
    public void count(String cluster, Reading reading) {
        int skipped = total(reading.skipped);
        int rejected = total(reading.rejected);
        events(cluster, reading.envelope, "accepted", reading.accepted);
        events(cluster, reading.envelope, "skipped", skipped);
        events(cluster, reading.envelope, "rejected", rejected);
        if (skipped > 0) {
            reading.skipped.forEach((reason, n) -> byReason(SKIPPED, "Audit events that cannot matter", cluster, reason)
                    .increment(n));
        }
        if (rejected > 0) {
            reading.rejected.forEach(
                    (reason, n) -> byReason(REJECTED, "Documents that are no readable audit event", cluster, reason)
                            .increment(n));
        }
    }

    private static int total(Map<String, Integer> counts) {
        int total = 0;
        for (int n : counts.values()) {
            total += n;
        }
        return total;
    }

    private void events(String cluster, String envelope, String outcome, int n) {
        if (n > 0) {
            counter(
                            EVENTS,
                            "Audit records read, by what became of them",
                            "cluster",
                            cluster,
                            "envelope",
                            envelope,
                            "outcome",
                            outcome)
                    .increment(n);
        }
    }

    private Counter byReason(String name, String description, String cluster, String reason) {
        return counter(name, description, "cluster", cluster, "reason", reason);
    }

    /** A stamp was further ahead of the wall clock than can be believed, and set back to it. */
    public void clamped(String cluster) {
        counter(CLAMPED, "Events whose stamps were ahead of the wall clock", "cluster", cluster)
                .increment();
    }

    /** An event was too large for a record and went without its bodies. */
    public void bodiesRemoved(String cluster) {
        counter(BODIES_REMOVED, "Events too large for a record, sent without bodies", "cluster", cluster)
                .increment();
    }

    /** Values of an event were replaced by digests. */
    public void redacted(String cluster) {
        counter(REDACTED, "Events in which values were replaced by digests", "cluster", cluster)
                .increment();
    }

    public void deadLetter() {
        deadLetters("written").increment();
    }

    /** There were too many dead letters of late; this one is only counted. */
    public void deadLetterWithheld() {
        deadLetters("withheld").increment();
    }

    private Counter deadLetters(String outcome) {
        return counter(
                DEAD_LETTERS,
                "What could not be read or delivered, by whether a dead letter was written",
                "outcome",
                outcome);
    }

    /** Kafka acknowledged a record. */
    public void produced(TopicName topic) {
        produced.computeIfAbsent(
                        topic, name -> counter(PRODUCED, "Records that Kafka acknowledged", "topic", name.word()))
                .increment();
    }

    /** Kafka did not take a record; it is tried again. */
    public void produceError(String reason) {
        counter(PRODUCE_ERRORS, "Attempts to produce a record that failed", "reason", reason)
                .increment();
    }

    /** Kafka will never take a record: a dead letter tells of it. */
    public void recordRefused(String reason) {
        counter(REFUSED_RECORDS, "Records that Kafka will never take; dead letters tell of them", "reason", reason)
                .increment();
    }

    public void heartbeat(String cluster) {
        counter(HEARTBEATS, "Heartbeats sent, one for all partitions", "cluster", cluster)
                .increment();
    }

    /** Records went to the spool in place of Kafka. */
    public void spooled(int records) {
        counter(SPOOLED, "Records handed to the spool, as Kafka was slow or away")
                .increment(records);
    }

    /** Records went from the spool to Kafka. */
    public void drained(int records) {
        counter(DRAINED, "Records that went from the spool to Kafka").increment(records);
    }

    /** The counter of that name and labels. */
    public Counter counter(String name, String description, String... labels) {
        StringBuilder id = new StringBuilder(name);
        for (String label : labels) {
            id.append('\0').append(label);
        }
        return counters.computeIfAbsent(
                id.toString(),
                key -> Counter.builder(name)
                        .description(description)
                        .tags(labels)
                        .register(registry));
    }
}
