package io.patchwar.processor.stage;

import io.patchwar.model.War;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Feuds that are fought as time really goes, in one cluster with one source in order, until it is stopped: a write of each twice a
 * second, a heartbeat every second. Whatever happens to Kafka, each event is sent once and in its order. A thread of its own;
 * thread-safe.
 */
public final class Skirmish implements AutoCloseable, Runnable {
    public static final String CLUSTER = "soak";
    private static final long PACE_NANOS = Duration.ofMillis(500).toNanos();

    /** Fighting: writes and heartbeats. Quiet: heartbeats. Unheard: nothing. */
    public enum Mood {
        FIGHTING,
        QUIET,
        UNHEARD,
        OVER
    }

    private final String topic;
    private final int partitions;
    private final List<Feud> feuds;
    private final Producer<byte[], byte[]> producer;
    private final List<byte[]> sent = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this, "skirmish");
    private volatile Mood mood = Mood.FIGHTING;
    private int write;

    public Skirmish(String bootstrap, Topics topics, int feuds) {
        this.topic = topics.name(TopicName.AUDIT_EVENTS);
        this.partitions = topics.partitions();
        this.feuds = IntStream.range(0, feuds)
                .mapToObj(i -> new Feud(CLUSTER, "settings-" + i, Instant.EPOCH))
                .toList();
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1,
                        // Longer than any broker is away here.
                        "delivery.timeout.ms",
                        1_800_000,
                        "max.block.ms",
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        heartbeat();
        heartbeat();
        long due = System.nanoTime();
        for (int step = 0; mood != Mood.OVER; step++) {
            if (mood == Mood.FIGHTING) {
                fight();
            }
            if (mood != Mood.UNHEARD && step % 2 == 0) {
                heartbeat();
            }
            due += PACE_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private void fight() {
        Instant now = Instant.now();
        for (Feud feud : feuds) {
            for (EventRecord event : feud.writes(write, 1, now, Feud.PACE)) {
                synchronized (sent) {
                    sent.add(event.value());
                }
                send(new ProducerRecord<>(topic, (Integer) null, event.key(), event.value(), event.headers()));
            }
        }
        write++;
    }

    private void heartbeat() {
        EventRecord beat = EventRecord.heartbeat(CLUSTER, "apiserver", Instant.now(), true);
        for (int partition = 0; partition < partitions; partition++) {
            send(new ProducerRecord<>(topic, partition, (byte[]) null, beat.value(), beat.headers()));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }

    /** From now on. */
    public void mood(Mood now) {
        mood = now;
    }

    /** How many writes were sent. */
    public int events() {
        synchronized (sent) {
            return sent.size();
        }
    }

    /** Sends no more, and waits until Kafka has all. */
    public void end() throws InterruptedException {
        mood = Mood.OVER;
        thread.join(Duration.ofMinutes(10).toMillis());
        producer.flush();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("Kafka did not take an event", refused);
        }
    }

    /** What the core alone finds in all that was sent. */
    public List<War> core() {
        CoreAlone core = new CoreAlone(CLUSTER);
        synchronized (sent) {
            sent.forEach(event -> core.read(event, "apiserver"));
        }
        return core.found();
    }

    @Override
    public void close() {
        mood = Mood.OVER;
        producer.close(Duration.ofSeconds(5));
    }
}
