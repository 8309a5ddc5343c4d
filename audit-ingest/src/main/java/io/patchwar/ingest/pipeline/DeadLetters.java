package io.patchwar.ingest.pipeline;

import io.patchwar.ingest.redact.RedactionKey;
import io.patchwar.model.wire.DeadLetter;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.Allowance;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ingest's {@linkplain DeadLetter letters} for what it could not read. Within a budget, beyond which none are written, so that
 * somebody's wrong file does not fill the topic. Thread-safe.
 */
public final class DeadLetters {
    private static final int MOST_IN_A_MINUTE = 1_000;
    private static final int MOST_KEPT = 64 << 10;

    private final RedactionKey key;
    private final boolean keepInput;
    private final Allowance allowance = new Allowance(MOST_IN_A_MINUTE, Duration.ofMinutes(1));

    /**
     * @param keepInput whether the input itself, secrets and all, goes along; its first 64 KiB
     */
    public DeadLetters(RedactionKey key, boolean keepInput) {
        this.key = key;
        this.keepInput = keepInput;
    }

    /** The record for a document; null if there were too many of late. */
    @Nullable
    OutRecord of(Origin origin, String reason, byte[] b, int from, int to, long position, Instant now) {
        if (allowance.take(now) < 0) {
            return null;
        }
        DeadLetter letter = new DeadLetter(
                reason, null, origin.cluster(), origin.source(), null, position, to - from, key.digest(b, from, to));
        byte[] json = keepInput ? letter.toJson(b, from, Math.min(to - from, MOST_KEPT)) : letter.toJson();
        return new OutRecord(TopicName.DEAD_LETTERS, null, json, origin.cluster(), origin.source(), now);
    }

    /** The letter in place of a record that cannot be delivered; null if there were too many of late. */
    public @Nullable OutRecord of(OutRecord record, String reason, Instant now) {
        byte[] value = record.value();
        return of(Origin.pushed(record.cluster(), record.source()), reason, value, 0, value.length, -1, now);
    }
}
