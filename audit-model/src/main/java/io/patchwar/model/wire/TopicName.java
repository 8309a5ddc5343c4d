package io.patchwar.model.wire;

/** The topics that ingest, processor and others meet in, without the prefix that an operator may give them. */
public enum TopicName {
    /** Slimmed audit events, and heartbeats; key: the object. Ingest writes, the processor reads. */
    AUDIT_EVENTS("audit-events"),
    /** Wars and findings as they stand; compacted, key: the war's id. */
    WARS("wars"),
    /** Wars with one cause; compacted, key: the conflict's id. */
    CONFLICTS("conflicts"),
    /** What each write changed, for history; key: the object. */
    FIELD_CHANGES("field-changes"),
    /** What each cluster writes, by partition; compacted. Severity and pressure are judged from it. */
    CLUSTER_LOAD("cluster-load"),
    /** What could not be read, with its reason. */
    DEAD_LETTERS("audit-events-dlq");

    private final String word;

    TopicName(String word) {
        this.word = word;
    }

    /** As Kafka has it, prefix left out. */
    public String word() {
        return word;
    }
}
