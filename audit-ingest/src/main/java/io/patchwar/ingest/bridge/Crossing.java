package io.patchwar.ingest.bridge;

import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one poll's records over: feeds them, waits until they are durable, and commits their offsets; or goes back to their
 * beginning. Nothing is under way between two polls, so that a rebalance, which happens within them, finds nothing half done.
 * One thread.
 */
final class Crossing {
    private static final Logger LOG = LoggerFactory.getLogger(Crossing.class);

    /** Beyond so many clusters in one poll, somebody's field is no cluster's name. */
    private static final int MOST_CLUSTERS = 200;

    /** Of what names no cluster, in dead letters. */
    private static final String UNNAMED = "unnamed";

    private final BridgeConfig config;
    private final Pipeline pipeline;
    private final BridgeMetrics metrics;
    private final CountDownLatch stopping;
    private @Nullable String problem;

    Crossing(BridgeConfig config, Pipeline pipeline, BridgeMetrics metrics, CountDownLatch stopping) {
        this.config = config;
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    /** What keeps records from being brought over, and what to do; null if nothing does. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Brings over what a poll brought; returns how long to wait before the next one. */
    Duration take(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return Duration.ZERO;
        }
        Duration wait = bringOver(records);
        if (wait == null) {
            commit(consumer, records);
            problem = null;
            return Duration.ZERO;
        }
        metrics.again(records.count());
        for (TopicPartition partition : records.partitions()) {
            consumer.seek(partition, records.records(partition).get(0).offset());
        }
        return wait;
    }

    /** Null once everything is durable; else how long to wait. */
    private @Nullable Duration bringOver(ConsumerRecords<byte[], byte[]> records) {
        Map<String, Batch> batches = new TreeMap<>();
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        long bytes = 0;
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                byte[] value = record.value();
                if (value != null) {
                    bytes += value.length;
                    feed(record, value, batches);
                }
            }
            for (Batch batch : batches.values()) {
                durable.add(batch.commit());
            }
        } finally {
            batches.values().forEach(Batch::close);
        }
        Duration wait = await(CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new)));
        if (wait == null) {
            metrics.committed(records.count(), bytes);
        }
        return wait;
    }

    private void feed(ConsumerRecord<byte[], byte[]> record, byte[] value, Map<String, Batch> batches) {
        Slice whole = Slice.of(value);
        String outer = config.clusters().of(record.headers());
        if (!config.clusters().looksInside()) {
            feed(whole, outer, record, batches);
            return;
        }
        // Azure puts records of several clusters into one document, if they share a hub.
        for (Slice document : documents(whole)) {
            String inner = config.clusters().of(document);
            feed(document, inner == null ? outer : inner, record, batches);
        }
    }

    private static List<Slice> documents(Slice whole) {
        try {
            Slice records = Members.find(whole, "records");
            if (records != null && records.isArray()) {
                List<Slice> documents = new ArrayList<>();
                Members.forEach(records, documents::add);
                return documents;
            }
        } catch (MalformedJsonException e) {
            // Fed as it is, it is rejected with a reason.
        }
        return List.of(whole);
    }

    private void feed(
            Slice document,
            @Nullable String cluster,
            ConsumerRecord<byte[], byte[]> record,
            Map<String, Batch> batches) {
        if (cluster == null || (batches.size() >= MOST_CLUSTERS && !batches.containsKey(cluster))) {
            metrics.unnamed();
            batch(UNNAMED, batches)
                    .reject("no-cluster", document.bytes(), document.from(), document.to(), record.offset());
            return;
        }
        batch(cluster, batches).feed(document.bytes(), document.from(), document.to(), record.offset());
    }

    private Batch batch(String cluster, Map<String, Batch> batches) {
        return batches.computeIfAbsent(cluster, name -> pipeline.begin(Origin.kept(name, config.name(), false)));
    }

    private @Nullable Duration await(CompletableFuture<Void> durable) {
        long deadline = System.nanoTime() + config.patience().toNanos();
        while (System.nanoTime() - deadline < 0) {
            try {
                durable.get(100, TimeUnit.MILLISECONDS);
                return null;
            } catch (TimeoutException e) {
                if (stopping.getCount() == 0) {
                    throw new WakeupException();
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof NotDurableException reason) {
                    problem = "nothing is brought over: " + reason.getMessage();
                    return reason.retryAfter();
                }
                LOG.warn(
                        "bridge {}: records could not be made durable, and are read again",
                        config.name(),
                        e.getCause());
                problem = "records could not be made durable, see the log; they are read again";
                return Duration.ofSeconds(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WakeupException();
            }
        }
        problem = "nothing was made durable within " + config.patience().toSeconds() + " s; it is tried again";
        return Duration.ofSeconds(1);
    }

    private static void commit(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> of = records.records(partition);
            offsets.put(partition, new OffsetAndMetadata(of.get(of.size() - 1).offset() + 1));
        }
        try {
            consumer.commitSync(offsets);
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // The partitions are another instance's by now: it reads these records once more.
            LOG.info("offsets were not committed, the partitions were given to another instance: {}", e.getMessage());
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            // The next commit covers them.
            LOG.warn("offsets could not be committed in time: {}", e.getMessage());
        }
    }
}
