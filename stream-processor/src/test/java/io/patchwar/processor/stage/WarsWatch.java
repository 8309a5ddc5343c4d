package io.patchwar.processor.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code wars} as it is written, and knows for how long nothing was said of some war. A thread of its own; thread-safe. */
public final class WarsWatch implements AutoCloseable, Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this, "wars-watch");
    private final WarsTopic wars = new WarsTopic();
    private final Map<String, Long> latest = new HashMap<>();
    private final Map<String, Integer> lifecycles = new TreeMap<>();
    private long longest;
    private volatile boolean stopped;

    public WarsWatch(String bootstrap, Topics topics) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topics.name(TopicName.WARS)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::take);
            }
        } finally {
            consumer.close();
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        long now = System.nanoTime();
        wars.take(record.key(), record.value());
        JsonNode war = read(record.value());
        lifecycles.merge(war.path("lifecycle").asText(), 1, Integer::sum);
        Long before = latest.put(war.path("id").asText(), now);
        longest = before == null ? longest : Math.max(longest, now - before);
    }

    private static JsonNode read(byte[] value) {
        try {
            return value == null ? JSON.nullNode() : JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many wars something was said of. */
    public synchronized int wars() {
        return latest.size();
    }

    /** How often each lifecycle was announced, repetitions included. */
    public synchronized Map<String, Integer> lifecycles() {
        return new TreeMap<>(lifecycles);
    }

    /** From now on; gaps that have begun count from now. */
    public synchronized void forgetGaps() {
        long now = System.nanoTime();
        latest.replaceAll((id, at) -> now);
        longest = 0;
    }

    /** The longest that nothing was said of some war, gaps that last still included. */
    public synchronized Duration longestGap() {
        long now = System.nanoTime();
        return Duration.ofNanos(Math.max(
                longest,
                latest.values().stream().mapToLong(at -> now - at).max().orElse(0)));
    }

    /** All that was read. No more is read after this. */
    public WarsTopic topic() throws InterruptedException {
        stopped = true;
        thread.join(10_000);
        return wars;
    }

    @Override
    public void close() {
        stopped = true;
    }
}
