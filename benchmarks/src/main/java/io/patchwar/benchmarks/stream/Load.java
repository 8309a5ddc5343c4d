package io.patchwar.benchmarks.stream;

import io.patchwar.model.wire.Heartbeat;
import io.patchwar.model.wire.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends writes as ingest does ({@code acks=all}, keyed by object, a heartbeat of each cluster to every partition every ten
 * seconds), either so many a second, or as many as are taken in: it then waits while more than a bound lie in Kafka unjudged.
 * A thread of its own; thread-safe.
 */
final class Load implements AutoCloseable, Runnable {
    private static final Duration HEARTBEATS = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String SOURCE = "apiserver-1";
    private static final long NAP = 500_000;

    private final WriteStream writes;
    private final String topic;
    private final int partitions;
    private final LongSupplier room;
    private final Producer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this, "load");
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Map<String, Header> clusters = new HashMap<>();
    private final Header source = header(RecordHeaders.SOURCE, SOURCE);
    private volatile Pace pace = new Pace(0, 0, 0);
    private volatile boolean stopped;

    /** So many events a second since a moment, at which so many had been sent. */
    private record Pace(int rate, long since, long sent) {
        private long due(long now) {
            return sent + (long) ((now - since) / 1e9 * rate);
        }
    }

    /**
     * Sends nothing yet.
     *
     * @param room how many records may be sent before it is asked again; asked only where there is no rate
     */
    Load(String bootstrap, String topic, int partitions, WriteStream writes, LongSupplier room) {
        this.writes = writes;
        this.topic = topic;
        this.partitions = partitions;
        this.room = room;
        for (String cluster : writes.clusters()) {
            clusters.put(cluster, header(RecordHeaders.CLUSTER, cluster));
        }
        // As KafkaSender of audit-ingest.
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1,
                        "compression.type",
                        "zstd",
                        "compression.zstd.level",
                        1,
                        "linger.ms",
                        5,
                        "batch.size",
                        256 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        thread.setDaemon(true);
    }

    /** Begins to send, as many events as there is room for. */
    void start() {
        thread.start();
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        long beat = 0;
        // Twice before the first event: a cluster with one source in order, which is judged at once.
        heartbeats();
        heartbeats();
        try {
            while (!stopped && failure.get() == null) {
                long now = System.nanoTime() - start;
                if (now / HEARTBEATS.toNanos() > beat) {
                    beat = now / HEARTBEATS.toNanos();
                    heartbeats();
                }
                Pace wanted = pace;
                long most = wanted.rate == 0 ? room.getAsLong() : wanted.due(System.nanoTime()) - events.get();
                if (most <= 0) {
                    LockSupport.parkNanos(NAP);
                }
                for (long i = Math.min(most, 200); i > 0; i--) {
                    sendNext();
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void sendNext() {
        writes.next();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, writes.key(), writes.value());
        record.headers().add(clusters.get(writes.clusterName())).add(source);
        send(record);
        events.incrementAndGet();
        bytes.addAndGet(writes.value().length);
    }

    private void heartbeats() {
        for (Map.Entry<String, Header> cluster : clusters.entrySet()) {
            byte[] value = new Heartbeat(cluster.getKey(), SOURCE, writes.now(), true).toJson();
            for (int partition = 0; partition < partitions; partition++) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, null, value);
                record.headers().add(cluster.getValue()).add(source).add(header(RecordHeaders.HEARTBEAT, "1"));
                send(record);
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        Callback refused = (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        };
        var unused = producer.send(record, refused);
        records.incrementAndGet();
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** From now on so many events a second; 0 for as many as there is room for. */
    void rate(int rate) {
        pace = new Pace(rate, System.nanoTime(), events.get());
    }

    /** Records that were sent, heartbeats included. */
    long records() {
        return records.get();
    }

    /** Events that were sent. */
    long events() {
        return events.get();
    }

    /** Bytes of these events, not packed. */
    long bytes() {
        return bytes.get();
    }

    /** Whether Kafka took all that it was sent; says why not. */
    void check() {
        Exception cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("Kafka did not take an event", cause);
        }
    }

    /** Stops sending, and waits until Kafka has what was sent. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join(STOP.toMillis());
        producer.flush();
        check();
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(STOP);
    }
}
