package io.patchwar.ingest.pipeline;

import io.patchwar.model.wire.TopicName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to Kafka: redacted and encoded, nothing in it is changed any more.
 *
 * @param topic {@code audit-events} or the dead letters
 * @param key null for what belongs to no object
 * @param source as its header has it
 * @param time of ingest
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
public record OutRecord(
        TopicName topic, byte @Nullable [] key, byte[] value, String cluster, String source, Instant time) {
    private static final int OVERHEAD = 120;

    /** Roughly what it holds of memory. */
    public int weight() {
        return OVERHEAD + value.length + (key == null ? 0 : key.length);
    }
}
