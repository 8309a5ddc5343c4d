package io.patchwar.ingest.delivery;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.DeadLetters;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.TopicName;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that are under way together. Each ends up acknowledged, or as an acknowledged dead letter if Kafka will never take it:
 * it must not hold up all others. Thread-safe once begun.
 */
final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    /** Each attempt of a batch takes an invalid record out of it. */
    private static final int MOST_ATTEMPTS = 20;

    private final Tools tools;
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * What all sendings share.
     *
     * @param aside where more is sent from, as the producer's own thread must not wait for its buffer
     * @param outcome told of every attempt: null, or why it failed for now
     */
    record Tools(
            LiveProducer producer,
            KafkaRecords form,
            DeadLetters letters,
            IngestMetrics metrics,
            InstantSource clock,
            Executor aside,
            Consumer<@Nullable Exception> outcome) {}

    private Sending(Tools tools) {
        this.tools = tools;
    }

    /** Sends in order; completes when all are safe, fails with the first cause if one is not. */
    static CompletableFuture<Void> of(List<OutRecord> records, Tools tools) {
        Sending sending = new Sending(tools);
        sending.left.set(records.size() + 1);
        for (OutRecord record : records) {
            if (sending.failure.get() != null) {
                sending.settle(null);
            } else {
                sending.send(record, record.time().toEpochMilli(), 1);
            }
        }
        sending.settle(null);
        return sending.all;
    }

    private void send(OutRecord record, @Nullable Long time, int attempt) {
        tools.producer().send(tools.form().of(record, time), e -> {
            if (e == null) {
                tools.metrics().produced(record.topic());
                tools.outcome().accept(null);
                settle(null);
            } else {
                refused(record, time, attempt, e);
            }
        });
    }

    private void refused(OutRecord record, @Nullable Long time, int attempt, Exception e) {
        Refusal refusal = Refusal.of(e);
        if (refusal == Refusal.TOO_LARGE || refusal == Refusal.INVALID) {
            instead(record, refusal, e);
        } else if (refusal == Refusal.STALE && time != null) {
            aside(() -> send(record, null, attempt + 1));
        } else if (refusal == Refusal.OF_ANOTHER && attempt < MOST_ATTEMPTS) {
            aside(() -> send(record, time, attempt + 1));
        } else {
            tools.outcome().accept(e);
            settle(e);
        }
    }

    /** A dead letter in place of a record that no attempt will bring into Kafka. */
    private void instead(OutRecord record, Refusal refusal, Exception e) {
        tools.metrics().recordRefused(refusal.word());
        boolean letterItself = record.topic() == TopicName.DEAD_LETTERS;
        OutRecord letter = letterItself
                ? null
                : tools.letters().of(record, refusal.word(), tools.clock().instant());
        LOG.error(
                "Kafka will never take a record of {} bytes of cluster {} ({}); {}",
                record.value().length,
                record.cluster(),
                e.toString(),
                letter != null
                        ? "a dead letter takes its place"
                        : letterItself ? "it is a dead letter, and is lost" : "of so many, no dead letter is written");
        if (letter == null) {
            if (!letterItself) {
                tools.metrics().deadLetterWithheld();
            }
            settle(null);
            return;
        }
        tools.metrics().deadLetter();
        aside(() -> send(letter, letter.time().toEpochMilli(), 1));
    }

    private void aside(Runnable more) {
        try {
            tools.aside().execute(more);
        } catch (RejectedExecutionException e) {
            settle(e);
        }
    }

    private void settle(@Nullable Exception e) {
        if (e != null) {
            failure.compareAndSet(null, e);
        }
        if (left.decrementAndGet() == 0) {
            Exception first = failure.get();
            if (first == null) {
                all.complete(null);
            } else {
                all.completeExceptionally(first);
            }
        }
    }
}
