package io.patchwar.model.wire;

/** Names of the headers of records in {@code audit-events}; values are UTF-8. */
public final class RecordHeaders {
    /** The cluster that an event or heartbeat is of. */
    public static final String CLUSTER = "cluster";
    /** Which API server, file or topic it was heard from; empty if nothing names it. */
    public static final String SOURCE = "source";
    /** There, and {@code 1}, on a heartbeat and nowhere else. */
    public static final String HEARTBEAT = "heartbeat";

    private RecordHeaders() {}
}
