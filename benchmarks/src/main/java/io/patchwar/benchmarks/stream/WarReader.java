package io.patchwar.benchmarks.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads {@code wars} as any subscriber does, and notes of each update how long it took since the event that brought it was
 * handed to its producer: a war's record has that event's time. A thread of its own; thread-safe.
 */
final class WarReader implements AutoCloseable, Runnable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this, "wars");
    private final long[] millis = new long[1 << 20];
    private final Set<String> ids = new HashSet<>();
    private int count;
    private volatile boolean stopped;

    WarReader(String bootstrap, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::take);
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } finally {
            consumer.close();
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> war) {
        if (war.value() != null && count < millis.length) {
            millis[count++] = System.currentTimeMillis() - war.timestamp();
            ids.add(new String(war.key(), StandardCharsets.UTF_8));
        }
    }

    /** What was read until now is no part of what is measured. */
    synchronized void forget() {
        count = 0;
    }

    synchronized int updates() {
        return count;
    }

    /** How many different wars there were, from the first record on. */
    synchronized int wars() {
        return ids.size();
    }

    /** The least time that this share of the updates did not exceed; zero if there was none. */
    synchronized long quantile(double share) {
        long[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[(int) Math.min(count - 1, Math.ceil(share * count) - 1)];
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
