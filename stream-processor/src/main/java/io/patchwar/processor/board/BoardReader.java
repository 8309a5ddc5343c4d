package io.patchwar.processor.board;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.TopicName;
import io.patchwar.model.wire.WarJson;
import io.patchwar.pressure.Measured;
import io.patchwar.pressure.SeverityBoard;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a board up to date from the topics {@code wars} and {@code cluster-load}: reads all of both from their beginning, in
 * no group, so that every instance has everything. While Kafka is away the board stays as it is. Thread-safe.
 */
public final class BoardReader implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(BoardReader.class);
    private static final String NAME = "war-board";
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** A war that is fought at full speed is told once a second; nobody needs to see the board change more often than that. */
    private static final Duration SHOWN_EVERY = Duration.ofMillis(500);

    private final KafkaConnection kafka;
    private final String wars;
    private final String loads;
    private final String clientId;
    private final InstantSource clock;
    private final WarBoard board;
    private final BoardMetrics metrics;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile BoardView view = BoardView.EMPTY;
    private volatile Restore restore = Restore.NOT_BEGUN;
    private volatile boolean closed;

    /**
     * How far the board is with what was there when it began.
     *
     * @param read records of that, or nearly: compacted ones count, too
     * @param all of them
     * @param done whether it has caught up
     */
    public record Restore(long read, long all, boolean done) {
        static final Restore NOT_BEGUN = new Restore(0, 0, false);

        /** In per cent; 99 at most while it is not done. */
        public int percent() {
            return done ? 100 : all == 0 ? 0 : (int) Math.min(99, read * 100 / all);
        }
    }

    /**
     * @param measured of a cluster, by its name, as far as anybody measures
     */
    public BoardReader(
            KafkaConnection kafka,
            Topics topics,
            String clientId,
            BoardBounds bounds,
            SeverityBoard severities,
            Function<String, Measured> measured,
            MeterRegistry registry,
            InstantSource clock) {
        this.kafka = kafka;
        this.wars = topics.name(TopicName.WARS);
        this.loads = topics.name(TopicName.CLUSTER_LOAD);
        this.clientId = clientId;
        this.clock = clock;
        this.board = new WarBoard(bounds, severities, measured);
        this.metrics = new BoardMetrics(registry);
        this.thread = new Thread(this::run, NAME);
        thread.setDaemon(true);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Begins to read; the topics must be there. */
    @Override
    public void start() {
        thread.start();
    }

    /** What there is to see now; null until the board has caught up with what was there when it began. */
    public @Nullable BoardView view() {
        return restore.done() ? view : null;
    }

    /** How far it is. */
    public Restore restore() {
        return restore;
    }

    /** Fine once it has caught up. */
    @Override
    public Check check() {
        Restore now = restore;
        return now.done()
                ? Check.ok(NAME, view.standings().size() + " wars and findings")
                : Check.failed(NAME, "restoring, " + now.percent() + " %; it goes on by itself");
    }

    private void run() {
        while (!closed) {
            try {
                Consumer<byte[], byte[]> made = new KafkaConsumer<>(properties(), bytes(), bytes());
                consumer = made;
                try {
                    read(made);
                } finally {
                    consumer = null;
                    made.close(CloseOptions.timeout(PAUSE));
                }
            } catch (WakeupException e) {
                LOG.debug("asked to stop", e);
            } catch (KafkaException e) {
                LOG.warn("the war board cannot read, and tries again: {}", e.toString());
                pause();
            } catch (RuntimeException e) {
                LOG.error("the war board cannot read, and tries again: an error of Patchwar's own", e);
                pause();
            }
        }
    }

    private static ByteArrayDeserializer bytes() {
        return new ByteArrayDeserializer();
    }

    private Map<String, Object> properties() {
        Map<String, Object> chosen = new HashMap<>();
        chosen.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        chosen.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        chosen.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Of a processor that writes exactly once, what was aborted never happened.
        chosen.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        chosen.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
        return kafka.client(clientId, chosen);
    }

    private void read(Consumer<byte[], byte[]> from) {
        List<TopicPartition> partitions = partitions(from);
        from.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition);
            if (position == null) {
                from.seekToBeginning(List.of(partition));
            } else {
                from.seek(partition, position);
            }
        }
        Map<TopicPartition, Long> begin = from.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = from.endOffsets(partitions);
        Instant shown = Instant.EPOCH;
        while (!closed) {
            ConsumerRecords<byte[], byte[]> records = from.poll(POLL);
            records.forEach(this::take);
            partitions.forEach(partition -> positions.put(partition, from.position(partition)));
            Instant now = clock.instant();
            boolean caughtUp = restore.done() || measure(partitions, begin, end);
            if (caughtUp && (!restore.done() || !now.isBefore(shown.plus(SHOWN_EVERY)))) {
                shown = now;
                show(now);
                restore = new Restore(restore.all(), restore.all(), true);
            }
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> from) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(wars, loads)) {
            List<PartitionInfo> known = from.partitionsFor(topic);
            if (known == null || known.isEmpty()) {
                throw new KafkaException("the topic " + topic + " has no partitions yet");
            }
            known.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    private boolean measure(
            Collection<TopicPartition> partitions, Map<TopicPartition, Long> begin, Map<TopicPartition, Long> end) {
        long read = 0;
        long all = 0;
        for (TopicPartition partition : partitions) {
            long first = begin.getOrDefault(partition, 0L);
            long last = end.getOrDefault(partition, 0L);
            all += last - first;
            read += Math.min(last, positions.getOrDefault(partition, 0L)) - first;
        }
        restore = new Restore(Math.max(0, read), all, false);
        return read >= all;
    }

    private void show(Instant now) {
        BoardView before = view;
        BoardView next = board.view(now);
        if (next.version() != before.version() || !restore.done()) {
            metrics.show(next, board.evicted());
            view = next;
        }
    }

    /** One record that cannot be taken in costs no other. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        Instant at = Instant.ofEpochMilli(record.timestamp());
        try {
            if (record.topic().equals(loads)) {
                if (value != null) {
                    board.load(ClusterLoad.read(value), at);
                }
            } else if (value == null && record.key() == null) {
                throw new IOException("neither key nor value");
            } else if (value == null) {
                board.remove(new String(record.key(), StandardCharsets.UTF_8));
            } else {
                board.put(WarJson.readUpdate(value), value.length, at);
            }
        } catch (IOException | RuntimeException e) {
            metrics.unreadable(record.topic());
            LOG.warn(
                    "passed over a record of {} partition {} offset {} that is not of its contract: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void pause() {
        try {
            closed |= stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        stopping.countDown();
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
