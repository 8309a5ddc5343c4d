package io.patchwar.processor.board;

import static io.patchwar.processor.WarBuilder.START;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.broker.InProcessBroker;
import io.patchwar.model.Minutes;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.TopicName;
import io.patchwar.model.wire.WarJson;
import io.patchwar.pressure.Measured;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.pressure.SeverityBoard;
import io.patchwar.processor.MovingClock;
import io.patchwar.processor.WarBuilder;
import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.service.kafka.TopicSetup;
import io.patchwar.service.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardReaderIT {
    private static final Topics TOPICS = new Topics("", 4, (short) 1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MovingClock clock = new MovingClock(START.plusSeconds(60));
    private final List<BoardReader> readers = new ArrayList<>();
    private InProcessBroker broker;
    private KafkaProducer<byte[], byte[]> producer;

    @TempDir
    private Path data;

    @BeforeEach
    void start() throws Exception {
        org.awaitility.Awaitility.setDefaultTimeout(PATIENCE);
        broker = InProcessBroker.over(data);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            new TopicSetup(admin, PATIENCE).prepare(TOPICS.all(), true);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        readers.forEach(BoardReader::close);
        producer.close(Duration.ZERO);
        broker.close();
    }

    private BoardReader reader() {
        BoardReader reader = new BoardReader(
                KafkaConnection.to(broker.bootstrap()),
                TOPICS,
                "board-" + readers.size(),
                BoardBounds.DEFAULT,
                new SeverityBoard(PressureConfig.DEFAULT),
                cluster -> Measured.NOTHING,
                registry,
                clock);
        readers.add(reader);
        reader.start();
        return reader;
    }

    private void write(TopicName topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(TOPICS.name(topic), key.getBytes(StandardCharsets.UTF_8), value))
                .get(30, TimeUnit.SECONDS);
    }

    private void write(WarBuilder war) throws Exception {
        write(TopicName.WARS, war.build().id(), WarJson.write(war.update()));
    }

    private static List<String> ids(BoardReader reader) {
        BoardView view = reader.view();
        return view == null
                ? null
                : view.standings().stream().map(s -> s.war().id()).sorted().toList();
    }

    @Test
    void everyInstanceShowsAllOfAllPartitionsAndFollowsWhatChanges() throws Exception {
        for (int i = 0; i < 20; i++) {
            write(war("w%02d".formatted(i)).in("c" + i % 3));
        }
        write(TopicName.WARS, "bad", "{\"id\":\"bad\"}".getBytes(StandardCharsets.UTF_8));
        write(
                TopicName.CLUSTER_LOAD,
                "c1/0",
                new ClusterLoad("c1", 0, START, START.plusSeconds(61), Minutes.NONE, Minutes.NONE, List.of()).toJson());
        BoardReader one = reader();
        BoardReader two = reader();
        await().untilAsserted(() -> assertThat(ids(one)).hasSize(20));
        await().untilAsserted(() -> assertThat(ids(two)).isEqualTo(ids(one)));
        assertThat(one.check().ok()).isTrue();
        assertThat(one.view().clusters().get("c1").time()).isEqualTo(START.plusSeconds(61));
        assertThat(registry.get("patchwar.board.unreadable.records").counter().count())
                .isEqualTo(2);

        write(TopicName.WARS, "w07", null);
        write(war("new").revision(2));
        clock.passes(Duration.ofSeconds(5));
        await().untilAsserted(() -> {
            clock.passes(Duration.ofSeconds(1));
            assertThat(ids(one)).hasSize(20).contains("new").doesNotContain("w07");
        });
        assertThat(registry.get("patchwar.active.wars").gauges().stream()
                        .mapToDouble(g -> g.value())
                        .sum())
                .isEqualTo(20);
    }

    @Test
    void anEmptyBoardHasCaughtUpAtOnce() {
        BoardReader one = reader();
        assertThat(one.view()).isNull();
        await().untilAsserted(() -> assertThat(ids(one)).isEmpty());
    }

    @Test
    void whileKafkaIsAwayTheBoardStaysAndGoesOnAfterwards() throws Exception {
        write(war("a"));
        BoardReader one = reader();
        await().untilAsserted(() -> assertThat(ids(one)).containsExactly("a"));
        broker.close();
        assertThat(ids(one)).containsExactly("a");
        broker = InProcessBroker.start(broker.config());
        write(war("b"));
        await().untilAsserted(() -> {
            clock.passes(Duration.ofSeconds(1));
            assertThat(ids(one)).containsExactly("a", "b");
        });
    }

    @Test
    void whileItHasNotCaughtUpItIsNotReady() {
        BoardReader never = new BoardReader(
                KafkaConnection.to(broker.bootstrap()),
                TOPICS,
                "never",
                BoardBounds.DEFAULT,
                new SeverityBoard(PressureConfig.DEFAULT),
                cluster -> Measured.NOTHING,
                new SimpleMeterRegistry(),
                clock);
        assertThat(never.view()).isNull();
        assertThat(never.check().ok()).isFalse();
        assertThat(never.check().detail()).contains("0 %");
        never.close();
    }
}
