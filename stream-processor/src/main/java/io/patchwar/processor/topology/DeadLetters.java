package io.patchwar.processor.topology;

import io.patchwar.model.wire.DeadLetter;
import io.patchwar.processor.config.DeadLetterSettings;
import io.patchwar.processor.config.DigestSecret;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.service.Allowance;
import io.patchwar.settings.Amounts;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The processor's {@linkplain DeadLetter letters} for records that it could not read. Within a budget, beyond which it stops: so
 * many say that something is wrong with all that is read, and going on would pass it all over. Thread-safe.
 */
public final class DeadLetters {
    private static final int MOST_BYTES = 1 << 20;

    private final DeadLetterSettings settings;
    private final DigestSecret secret;
    private final Allowance allowance;
    private final InstantSource clock;
    private final ProcessorMetrics metrics;

    public DeadLetters(
            DeadLetterSettings settings, DigestSecret secret, ProcessorMetrics metrics, InstantSource clock) {
        this.settings = settings;
        this.secret = secret;
        this.metrics = metrics;
        this.clock = clock;
        this.allowance = new Allowance(settings.budget(), settings.interval());
        metrics.deadLetterBudget(settings.budget());
    }

    /**
     * The letter for a record.
     *
     * @param detail for a person; never holds input
     * @throws BudgetExhaustedException if there were too many of late
     */
    Record<byte[], Found> letter(
            Record<byte[], byte[]> record,
            RecordMetadata at,
            String cluster,
            String source,
            String reason,
            String detail) {
        long left = allowance.take(clock.instant());
        metrics.deadLetter(reason, left);
        String position = at.topic() + "-" + at.partition() + "@" + at.offset();
        if (left < 0) {
            throw new BudgetExhaustedException("more than " + settings.budget() + " records in "
                    + Amounts.text(settings.interval()) + " could not be read, the latest at " + position + " ("
                    + reason
                    + ": " + detail + "); find out who writes them, or raise deadLetters.budget, and start again");
        }
        byte[] input = record.value() == null ? new byte[0] : record.value();
        String digest = secret.digest(input);
        Headers headers = new RecordHeaders();
        header(headers, "reason", reason);
        header(headers, "topic", at.topic());
        header(headers, "partition", String.valueOf(at.partition()));
        header(headers, "offset", String.valueOf(at.offset()));
        header(headers, "digest", digest);
        DeadLetter letter = new DeadLetter(
                reason,
                detail,
                cluster,
                source,
                new DeadLetter.Partition(at.topic(), at.partition()),
                at.offset(),
                input.length,
                digest);
        byte[] value =
                settings.keepBytes() ? letter.toJson(input, 0, Math.min(input.length, MOST_BYTES)) : letter.toJson();
        return new Record<>(
                position.getBytes(StandardCharsets.UTF_8),
                new Found.Written(Found.Place.DEAD_LETTERS, value),
                record.timestamp(),
                headers);
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
