package io.patchwar.processor.topology;

import io.patchwar.model.wire.TopicName;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.service.kafka.KafkaConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads in {@code wars} what the one who had a partition before has told since its last commit. A war's record is stamped as the event
 * that brought it, so that only what is as new as the first event that is read again has to be read. Thread-safe.
 */
final class ToldReader implements ToldSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToldReader.class);

    /** Several ingests stamp events of one partition, each by its own clock. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /** Nobody waits so long. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** All partitions of an instance are taken up at once. */
    private static final int THREADS = 2;

    private static final Duration POLL = Duration.ofMillis(100);

    /** A consumer that is closed waits for what is under way; of all that it asked for, nothing is needed any more. */
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaConnection kafka;
    private final String events;
    private final String wars;
    private final String group;
    private final Duration longest;
    private final ExecutorService reading;

    /**
     * @param longest that a look may take
     */
    ToldReader(ProcessorConfig config, Duration longest) {
        this.longest = longest;
        this.kafka = config.kafka().connection();
        this.events = config.kafka().topics().name(TopicName.AUDIT_EVENTS);
        this.wars = config.kafka().topics().name(TopicName.WARS);
        this.group = config.stream().applicationId();
        this.reading = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "told");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public CompletableFuture<Told> of(int partition) {
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            return CompletableFuture.supplyAsync(() -> read(partition, deadline), reading);
        } catch (RejectedExecutionException e) {
            // All ends; a thread that does not know it yet must not fail over it.
            return CompletableFuture.failedFuture(e);
        }
    }

    private Told read(int partition, long deadline) {
        long began = System.nanoTime();
        try (Look look = new Look(open(), deadline)) {
            Told told = look.of(new TopicPartition(events, partition));
            LOG.info(
                    "partition {}: {} updates were told since its last commit; known after {} ms",
                    partition,
                    told.size(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            return told;
        } catch (KafkaException e) {
            LOG.warn(
                    "what was told of partition {} cannot be read, so that updates since its last commit may be told again: {}",
                    partition,
                    e.toString());
            return Told.NOTHING;
        }
    }

    private Consumer<byte[], byte[]> open() {
        Map<String, Object> chosen = new HashMap<>();
        // Not to join it: to know how far it has committed.
        chosen.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // What was aborted was never told: a processor that wrote exactly once may have been here before.
        chosen.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        chosen.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        chosen.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        chosen.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(
                kafka.client(group + "-told", chosen), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        reading.shutdownNow();
    }

    /** One look, which is over in time, and the consumer that it takes. */
    private final class Look implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer;
        private final long deadline;

        Look(Consumer<byte[], byte[]> consumer, long deadline) {
            this.consumer = consumer;
            this.deadline = deadline;
        }

        Told of(TopicPartition input) {
            consumer.assign(List.of(input));
            long end = consumer.endOffsets(List.of(input), left()).getOrDefault(input, 0L);
            OffsetAndMetadata committed =
                    consumer.committed(Set.of(input), left()).get(input);
            if (committed == null) {
                consumer.seekToBeginning(List.of(input));
            } else {
                consumer.seek(input, committed);
            }
            if (consumer.position(input, left()) >= end) {
                // Whoever stopped in peace left nothing to be read again.
                return Told.NOTHING;
            }
            ConsumerRecords<byte[], byte[]> first = ConsumerRecords.empty();
            while (first.isEmpty() && consumer.position(input, left()) < end && !isOver()) {
                first = consumer.poll(POLL);
            }
            return StreamSupport.stream(first.spliterator(), false).mapToLong(ConsumerRecord::timestamp).min().stream()
                    .mapToObj(since -> since(Instant.ofEpochMilli(since).minus(SLACK), new Told(end)))
                    .findAny()
                    .orElse(Told.NOTHING);
        }

        /** Adds what the topic holds from that time on. */
        private Told since(Instant time, Told told) {
            Map<TopicPartition, Long> times = consumer.partitionsFor(wars, left()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toMap(partition -> partition, partition -> time.toEpochMilli()));
            consumer.assign(times.keySet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(times.keySet(), left());
            Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times, left());
            // Null where nothing is as new.
            begins.values().removeIf(begin -> begin == null);
            consumer.assign(begins.keySet());
            begins.forEach((partition, begin) -> consumer.seek(partition, begin.offset()));
            while (begins.keySet().stream()
                    .anyMatch(partition -> consumer.position(partition, left()) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> war : consumer.poll(POLL)) {
                    if (!told.add(war.key(), war.value())) {
                        LOG.warn(
                                "more than {} updates were told since the last commit; those behind may be told again",
                                Told.MOST);
                        return told;
                    }
                }
                if (isOver()) {
                    LOG.warn(
                            "{} updates that were told could be read in {} ms; others may be told again",
                            told.size(),
                            longest.toMillis());
                    return told;
                }
            }
            return told;
        }

        private boolean isOver() {
            return System.nanoTime() - deadline > 0;
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
        }

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }
}
