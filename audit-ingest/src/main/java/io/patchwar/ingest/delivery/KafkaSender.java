package io.patchwar.ingest.delivery;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.model.wire.RecordHeaders;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.health.Check;
import io.patchwar.service.kafka.TopicProblems;
import io.patchwar.service.kafka.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer. Prepares the topics in the background for as long as that takes, so that ingest can start, and spool, while
 * Kafka is away. One request is in flight at a time: with more, a topic that was just made loses its first batches
 * (KAFKA-15591), and order within a partition is plain to see. Thread-safe.
 */
public final class KafkaSender implements Sender, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSender.class);
    private static final Duration PREPARING = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final int LARGEST_REQUEST = 6 << 20;

    /** Topics that ingest writes. */
    private static final List<TopicName> WRITTEN = List.of(TopicName.AUDIT_EVENTS, TopicName.DEAD_LETTERS);

    private final KafkaSettings kafka;
    private final SenderConfig config;
    private final IngestMetrics metrics;
    private final Thread preparation;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable KafkaProducer<byte[], byte[]>> producer = new AtomicReference<>();
    private volatile boolean ready;
    private volatile String state = "waiting for Kafka at its first start";
    private volatile @Nullable String lastError;
    private volatile long renewedAt = System.nanoTime();

    public KafkaSender(KafkaSettings kafka, SenderConfig config, IngestMetrics metrics) {
        this.kafka = kafka;
        this.config = config;
        this.metrics = metrics;
        this.preparation = new Thread(this::prepare, "prepare-topics");
        preparation.setDaemon(true);
    }

    /** Begins to look for Kafka. */
    public void start() {
        preparation.start();
    }

    private void prepare() {
        try {
            while (!tryPrepare()) {
                if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryPrepare() throws InterruptedException {
        Map<String, Object> properties = kafka.connection().client("patchwar-ingest-topics", Map.of());
        try (Admin admin = Admin.create(properties)) {
            new TopicSetup(admin, PREPARING)
                    .prepare(WRITTEN.stream().map(kafka.topics()::spec).toList(), kafka.mayCreate());
            producer.set(newProducer());
            ready = true;
            state = "connected";
            LOG.info("Kafka at {} has its topics; producing", kafka.connection().bootstrap());
            return true;
        } catch (TopicProblems e) {
            say("topics are not as they must be: " + String.join("; ", e.problems()));
        } catch (TimeoutException e) {
            say("Kafka at " + kafka.connection().bootstrap() + " does not answer; what comes in is spooled");
        } catch (KafkaException | IllegalStateException e) {
            say("cannot prepare the topics at " + kafka.connection().bootstrap() + ": " + cause(e));
        }
        return false;
    }

    private static String cause(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private void say(String what) {
        if (!what.equals(state)) {
            LOG.warn("{}", what);
        }
        state = what;
    }

    private KafkaProducer<byte[], byte[]> newProducer() {
        Map<String, Object> chosen = new LinkedHashMap<>();
        chosen.put(ProducerConfig.ACKS_CONFIG, "all");
        chosen.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        chosen.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        chosen.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        chosen.put(ProducerConfig.LINGER_MS_CONFIG, config.linger().toMillis());
        chosen.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        chosen.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.bufferBytes());
        chosen.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        // Who sends waits here when the buffer is full; the spool is then the better place.
        chosen.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.patience().toMillis());
        chosen.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                config.deliveryTimeout().toMillis());
        chosen.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) config.deliveryTimeout().toMillis() / 4);
        chosen.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        chosen.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000L);
        return new KafkaProducer<>(
                kafka.connection().client("patchwar-ingest", chosen),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public CompletableFuture<Void> send(List<OutRecord> records) {
        Sending sending = new Sending(records.size());
        KafkaProducer<byte[], byte[]> current = producer.get();
        for (int i = 0; i < records.size(); i++) {
            if (current == null || sending.failed()) {
                sending.fail(records.size() - i, new IllegalStateException("not sent, as one before it failed"));
                break;
            }
            OutRecord record = records.get(i);
            try {
                var unused = current.send(produced(record), (at, e) -> sending.done(record, e));
            } catch (RuntimeException e) {
                sending.done(record, e);
                renewAfter(current, e);
            }
        }
        return sending.all;
    }

    private ProducerRecord<byte[], byte[]> produced(OutRecord record) {
        return new ProducerRecord<>(
                kafka.topics().name(record.topic()),
                null,
                record.time().toEpochMilli(),
                record.key(),
                record.value(),
                List.of(
                        new RecordHeader(RecordHeaders.CLUSTER, bytes(record.cluster())),
                        new RecordHeader(RecordHeaders.SOURCE, bytes(record.source()))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean send(Heartbeat heartbeat) {
        KafkaProducer<byte[], byte[]> current = producer.get();
        if (current == null) {
            return false;
        }
        List<org.apache.kafka.common.header.Header> headers = List.of(
                new RecordHeader(RecordHeaders.HEARTBEAT, bytes("1")),
                new RecordHeader(RecordHeaders.CLUSTER, bytes(heartbeat.cluster())),
                new RecordHeader(RecordHeaders.SOURCE, bytes(heartbeat.source())));
        byte[] value = heartbeat.toJson();
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        for (int partition = 0; partition < kafka.topics().partitions(); partition++) {
            try {
                var unused = current.send(
                        new ProducerRecord<>(
                                kafka.topics().name(TopicName.AUDIT_EVENTS), partition, null, null, value, headers),
                        (at, e) -> {
                            if (e != null) {
                                failed.set(e);
                                error(e);
                            }
                        });
            } catch (RuntimeException e) {
                error(e);
                renewAfter(current, e);
                return false;
            }
            if (failed.get() != null) {
                return false;
            }
        }
        return true;
    }

    private void error(Exception e) {
        lastError = e.getClass().getSimpleName();
        metrics.produceError(e.getClass().getSimpleName());
    }

    /** A producer that failed for good says so in every call; another may do better. */
    private synchronized void renewAfter(KafkaProducer<byte[], byte[]> failed, RuntimeException e) {
        if (producer.get() != failed || closed.getCount() == 0 || System.nanoTime() - renewedAt < PAUSE.toNanos()) {
            return;
        }
        renewedAt = System.nanoTime();
        LOG.warn("the producer failed, and is made anew: {}", cause(e));
        producer.set(newProducer());
        failed.close(Duration.ZERO);
    }

    /** Whether Kafka takes what it is sent, as far as is known. */
    public Check check() {
        if (!ready) {
            return Check.failed("kafka", state);
        }
        String error = lastError;
        return error == null
                ? Check.ok("kafka", state)
                : Check.failed("kafka", "the last record sent failed: " + error + "; it is tried again");
    }

    @Override
    public void close() {
        closed.countDown();
        preparation.interrupt();
        KafkaProducer<byte[], byte[]> last = producer.getAndSet(null);
        ready = false;
        if (last != null) {
            last.close(CLOSING);
        }
        try {
            preparation.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records that are under way together. */
    private final class Sending {
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private final AtomicInteger left;
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        Sending(int records) {
            left = new AtomicInteger(records);
            if (records == 0) {
                all.complete(null);
            }
        }

        boolean failed() {
            return failure.get() != null;
        }

        void done(OutRecord record, @Nullable Exception e) {
            if (e instanceof RecordTooLargeException) {
                // No number of attempts makes it smaller; it must not hold up all others.
                LOG.error("a record of {} bytes is larger than Kafka takes; it is lost", record.weight());
                metrics.recordRefused();
            } else if (e != null) {
                error(e);
                failure.compareAndSet(null, e);
            } else {
                lastError = null;
                metrics.produced(record.topic());
            }
            finish(1);
        }

        void fail(int records, Exception e) {
            failure.compareAndSet(null, e);
            finish(records);
        }

        private void finish(int records) {
            if (left.addAndGet(-records) == 0) {
                Exception e = failure.get();
                if (e == null) {
                    all.complete(null);
                } else {
                    all.completeExceptionally(e);
                }
            }
        }
    }

    /** Topics that ingest writes, for who prepares them together with others. */
    public static Stream<TopicName> written() {
        return WRITTEN.stream();
    }
}
