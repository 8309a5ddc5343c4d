package io.patchwar.ingest.delivery;

import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.Heartbeat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends to Kafka. Thread-safe. */
interface Sender {
    /** Whether the topics are known to answer; until then nothing may be sent. */
    boolean ready();

    /** Sends in order; completes when all are acknowledged, fails with the first cause if one is not. */
    CompletableFuture<Void> send(List<OutRecord> records);

    /** Sends a heartbeat to every partition, behind what was sent before; true unless that could not even be begun. */
    boolean send(Heartbeat heartbeat);
}
