package io.patchwar.processor;

import static io.patchwar.processor.stage.OneBroker.PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.OneBroker;
import io.patchwar.processor.stage.Sample;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever takes a partition up goes on where its state stood, wherever that comes from and however long it takes to come. */
class RestoresIT {
    @RegisterExtension
    private static final OneBroker broker = new OneBroker();

    private static Sample sample;

    @BeforeAll
    static void start() {
        sample = Sample.ofScenarios();
    }

    @Test
    void goesOnFromTheChangelogWhenStateIsLost() throws Exception {
        ProcessorConfig config = broker.config("lost");
        try (BrokerStage stage = new BrokerStage(config)) {
            try (ProcessorService first = BrokerStage.start(config)) {
                sample.sendHalf(stage, 0);
                stage.awaitProcessed();
                assertThat(first.failure()).isEmpty();
            }
            delete(config.stream().stateDirectory());
            try (ProcessorService second = BrokerStage.start(config)) {
                sample.sendHalf(stage, 1);
                stage.awaitProcessed();

                sample.assertUndisturbed(stage.wars());
                assertThat(second.failure()).isEmpty();
            }
        }
    }

    /** And goes on from the copy: reads none of it again, and still has its wars acknowledged before its state says so. */
    @Test
    void keepsACopyOfItsStateOnAStandby() throws Exception {
        ProcessorConfig one = standby("a", Map.of());
        ProcessorConfig two = standby(
                "b",
                Map.of(
                        "restore.consumer.interceptor.classes",
                        Restores.class.getName(),
                        "producer.interceptor.classes",
                        SendOrder.class.getName(),
                        // Long enough that nothing is acknowledged by a commit unless it is waited for.
                        "producer.linger.ms",
                        "2000"));
        SendOrder.reset();
        Restores.reset(Duration.ZERO);
        try (BrokerStage stage = new BrokerStage(one);
                ProcessorService second = BrokerStage.start(two)) {
            Map<TopicPartition, Long> copied;
            try (ProcessorService first = BrokerStage.start(one)) {
                await().atMost(BrokerStage.PATIENCE)
                        .until(() -> watched(first) == PARTITIONS / 2 && watched(second) == PARTITIONS / 2);
                sample.sendHalf(stage, 0);
                stage.awaitProcessed();
                Map<TopicPartition, Long> ends = ends(stage, "standby-object-state-changelog");
                await().atMost(BrokerStage.PATIENCE).until(() -> copies(ends).size() == PARTITIONS / 2);
                copied = copies(ends);
            }
            await().atMost(BrokerStage.PATIENCE).until(() -> watched(second) == PARTITIONS);
            // Of these alone: whoever else has wars has those of all acknowledged.
            fight(stage, copied.keySet());
            sample.sendHalf(stage, 1);
            stage.awaitProcessed();

            sample.assertUndisturbed(stage.wars());
            assertThat(Restores.again.get()).as("read again of its copy").isZero();
            for (TopicPartition taken : copied.keySet()) {
                assertThat(SendOrder.wars.get(taken.partition()))
                        .as("wars of %s", taken)
                        .isGreaterThan(100);
            }
            assertThat(SendOrder.early.get()).isZero();
        }
    }

    /** Wars of objects in these partitions, and commits between them. */
    private static void fight(BrokerStage stage, Set<TopicPartition> in) throws Exception {
        Set<Integer> partitions = in.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        Instant began = Instant.parse("2026-11-24T10:00:00Z");
        List<Feud> feuds = IntStream.range(0, 16)
                .mapToObj(i -> new Feud("prod", "settings-" + i, began))
                .filter(feud -> partitions.contains(partition(feud)))
                .toList();
        stage.send(feuds.get(0).heard(began.minusSeconds(2)));
        stage.send(feuds.get(0).heard(began.minusSeconds(1)));
        for (int i = 0; i < 100; i++) {
            for (Feud feud : feuds) {
                stage.send(feud.writes(i, i + 1));
            }
            stage.flush();
        }
        stage.awaitProcessed();
    }

    private static int partition(Feud feud) {
        return Utils.toPositive(Utils.murmur2(feud.writes(0, 1).get(0).key())) % PARTITIONS;
    }

    private static ProcessorConfig standby(String name, Map<String, String> properties) {
        Path state = broker.folder("standby-" + name);
        return TestConfigs.of(
                new Topics("standby-", PARTITIONS, (short) 1),
                broker.bootstrap(),
                TestConfigs.stream("standby", state, Delivery.AT_LEAST_ONCE, 1, properties));
    }

    private static double watched(ProcessorService service) {
        return service.metrics()
                .registry()
                .get("patchwar.watched.partitions")
                .gauge()
                .value();
    }

    private static Map<TopicPartition, Long> ends(BrokerStage stage, String topic) throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        stage.read(topic)
                .forEach(record -> ends.merge(
                        new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max));
        return ends;
    }

    /** Those of the changelogs that a standby has read to their ends. */
    private static Map<TopicPartition, Long> copies(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> copies = new HashMap<>(Restores.reached);
        copies.entrySet().removeIf(copy -> copy.getValue() < ends.getOrDefault(copy.getKey(), Long.MAX_VALUE));
        return copies;
    }

    /** The time of the restore is not slept: it would begin anew for ever, under exactly-once with nothing of what it had read. */
    @ParameterizedTest
    @EnumSource(Delivery.class)
    void readsItsStateForLongerThanItsSession(Delivery delivery) throws Exception {
        String name = "slow-" + delivery.word();
        Path state = broker.folder(name);
        Topics one = new Topics(name + "-", 1, (short) 1);
        ProcessorConfig config =
                TestConfigs.of(one, broker.bootstrap(), TestConfigs.stream(name, state, delivery, 0, Map.of()));
        ProcessorConfig slow = TestConfigs.of(
                one,
                broker.bootstrap(),
                TestConfigs.stream(
                        name,
                        state,
                        delivery,
                        0,
                        Map.of("restore.consumer.interceptor.classes", Restores.class.getName())));
        try (BrokerStage stage = new BrokerStage(config)) {
            try (ProcessorService first = BrokerStage.start(config)) {
                sample.sendHalf(stage, 0);
                stage.awaitProcessed();
                assertThat(first.failure()).isEmpty();
            }
            delete(state);
            Restores.reset(config.stream().sessionTimeout().plusSeconds(1));
            try (ProcessorService second = BrokerStage.start(slow)) {
                sample.sendHalf(stage, 1);
                stage.awaitProcessed();

                sample.assertUndisturbed(stage.wars());
                assertThat(second.failure()).isEmpty();
                assertThat(Restores.again.get()).as("read again").isZero();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
