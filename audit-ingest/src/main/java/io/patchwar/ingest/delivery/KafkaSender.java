package io.patchwar.ingest.delivery;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.DeadLetters;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.health.Check;
import io.patchwar.service.kafka.TopicProblems;
import io.patchwar.service.kafka.TopicSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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
    private final LiveProducer producer = new LiveProducer(this::newProducer);
    private final ExecutorService aside;
    private final Sending.Tools tools;
    private volatile boolean ready;
    private volatile String state = "waiting for Kafka at its first start";
    private volatile @Nullable String lastError;

    /** @param letters what becomes of records that Kafka will never take */
    public KafkaSender(
            KafkaSettings kafka, SenderConfig config, DeadLetters letters, IngestMetrics metrics, InstantSource clock) {
        this.kafka = kafka;
        this.config = config;
        this.metrics = metrics;
        this.preparation = daemon(this::prepare, "prepare-topics");
        this.aside = Executors.newSingleThreadExecutor(task -> daemon(task, "kafka-sender-aside"));
        this.tools = new Sending.Tools(
                producer, new KafkaRecords(kafka.topics()), letters, metrics, clock, aside, this::told);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
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
            producer.open();
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
        chosen.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
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
        return Sending.of(records, tools);
    }

    @Override
    public boolean send(Heartbeat heartbeat) {
        AtomicBoolean failed = new AtomicBoolean();
        Iterator<ProducerRecord<byte[], byte[]>> all =
                tools.form().of(heartbeat).iterator();
        while (!failed.get() && all.hasNext()) {
            producer.send(all.next(), e -> {
                if (e != null) {
                    failed.set(true);
                    told(e);
                }
            });
        }
        return !failed.get();
    }

    private void told(@Nullable Exception e) {
        lastError = e == null ? null : e.getClass().getSimpleName();
        if (e != null) {
            metrics.produceError(e.getClass().getSimpleName());
        }
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
        ready = false;
        producer.close(CLOSING);
        aside.shutdownNow();
        try {
            preparation.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Topics that ingest writes, for who prepares them together with others. */
    public static Stream<TopicName> written() {
        return WRITTEN.stream();
    }
}
