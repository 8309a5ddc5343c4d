package io.patchwar.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.BrokerConfig;
import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import io.patchwar.processor.config.DeadLetterSettings;
import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.Instance;
import io.patchwar.processor.stage.Play;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.processor.stage.WarsTopic;
import io.patchwar.service.health.Check;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever fails: in the end the topic holds the wars of an undisturbed run, and none was announced as anything else than it was.
 * Runs of scenarios are the input, each in a cluster of its own, and the core alone is the oracle.
 */
class FaultsIT {
    private static final int PARTITIONS = 4;

    /** Every so-manieth run of all scenarios. */
    private static final int SAMPLE = Integer.getInteger("patchwar.faults.sample", 12);

    @TempDir
    private static Path data;

    private static InProcessBroker broker;
    private static List<Play> plays;

    @BeforeAll
    static void start() {
        broker = InProcessBroker.over(data.resolve("broker"));
        List<Play> all = Play.all();
        plays = new ArrayList<>();
        for (int i = 0; i < all.size(); i += SAMPLE) {
            plays.add(all.get(i));
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void losesAndDoublesNothingWhenOneOfTwoInstancesIsKilled() throws Exception {
        ProcessorConfig config = config("killed");
        try (BrokerStage stage = new BrokerStage(config);
                Instance survivor = instance("killed", "a").awaitReady();
                Instance victim = instance("killed", "b").awaitReady()) {
            sendHalf(stage, 0);
            stage.flush();
            victim.kill();
            sendHalf(stage, 1);
            stage.awaitProcessed();

            assertUndisturbed(stage.wars());
            assertThat(survivor.stop()).isEqualTo(143);
        }
    }

    @Test
    void handsOverWhenOneOfTwoInstancesIsStopped() throws Exception {
        ProcessorConfig config = config("stopped");
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService stays = BrokerStage.start(config);
                Instance goes = instance("stopped", "b").awaitReady()) {
            sendHalf(stage, 0);
            stage.flush();
            assertThat(goes.stop()).isEqualTo(143);
            sendHalf(stage, 1);
            stage.awaitProcessed();

            assertUndisturbed(stage.wars());
            // Whoever leaves in peace has committed what it said.
            assertThat(stage.wars().repeated()).isZero();
            assertThat(stays.failure()).isEmpty();
        }
    }

    @Test
    void goesOnFromTheChangelogWhenStateIsLost() throws Exception {
        ProcessorConfig config = config("lost");
        try (BrokerStage stage = new BrokerStage(config)) {
            try (ProcessorService first = BrokerStage.start(config)) {
                sendHalf(stage, 0);
                stage.awaitProcessed();
                assertThat(first.failure()).isEmpty();
            }
            delete(config.stream().stateDirectory());
            try (ProcessorService second = BrokerStage.start(config)) {
                sendHalf(stage, 1);
                stage.awaitProcessed();

                assertUndisturbed(stage.wars());
                assertThat(stage.wars().repeated()).isZero();
                assertThat(second.failure()).isEmpty();
            }
        }
    }

    @Test
    void saysEverythingOnceWhenKilledInExactlyOnce() throws Exception {
        ProcessorConfig config = TestConfigs.of(
                topics("once"),
                broker.bootstrap(),
                TestConfigs.stream("once", data.resolve("once"), Delivery.EXACTLY_ONCE, 0, Map.of()));
        try (BrokerStage stage = new BrokerStage(config);
                Instance victim = Instance.start(
                                data.resolve("once-a"),
                                broker.bootstrap(),
                                "once",
                                PARTITIONS,
                                ", delivery: exactly-once")
                        .awaitReady()) {
            sendHalf(stage, 0);
            stage.flush();
            victim.kill();
            try (ProcessorService heir = BrokerStage.start(config)) {
                sendHalf(stage, 1);
                stage.awaitProcessed();

                assertUndisturbed(stage.wars());
                assertThat(stage.wars().repeated()).isZero();
                assertThat(heir.failure()).isEmpty();
            }
        }
    }

    @Test
    void survivesAStormOfRebalances() throws Exception {
        ProcessorConfig config = config("storm");
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService stays = BrokerStage.start(config)) {
            sendHalf(stage, 0);
            for (int i = 0; i < 5; i++) {
                ProcessorConfig other = TestConfigs.of(
                        topics("storm"), broker.bootstrap(), TestConfigs.stream("storm", data.resolve("storm-" + i)));
                try (ProcessorService comesAndGoes = BrokerStage.start(other)) {
                    awaitReady(comesAndGoes);
                }
            }
            sendHalf(stage, 1);
            stage.awaitProcessed();

            assertUndisturbed(stage.wars());
            assertThat(stays.failure()).isEmpty();
        }
    }

    @Test
    void waitsForABrokerThatIsAwayAndGoesOn() throws Exception {
        BrokerConfig away =
                new BrokerConfig(data.resolve("away-broker"), LoopbackPorts.free(), LoopbackPorts.free(), Map.of());
        InProcessBroker first = InProcessBroker.start(away);
        ProcessorConfig config = TestConfigs.on(first.bootstrap(), data.resolve("away"), PARTITIONS);
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            sendHalf(stage, 0);
            stage.awaitProcessed();
            awaitReady(service);
            first.close();
            await().atMost(BrokerStage.PATIENCE).until(() -> !service.isReady());
            assertThat(service.failure()).as("alive, and waits").isEmpty();
            try (InProcessBroker again = InProcessBroker.start(away)) {
                sendHalf(stage, 1);
                stage.awaitProcessed();
                awaitReady(service);

                assertUndisturbed(stage.wars());
                assertThat(again.bootstrap()).isEqualTo(first.bootstrap());
                stop(service);
            }
        }
    }

    @Test
    void startsBeforeItsBrokerDoes() throws Exception {
        BrokerConfig late =
                new BrokerConfig(data.resolve("late-broker"), LoopbackPorts.free(), LoopbackPorts.free(), Map.of());
        ProcessorConfig config = TestConfigs.on(late.bootstrap(), data.resolve("late"), 1);
        try (ProcessorService service = BrokerStage.start(config)) {
            await().atMost(BrokerStage.PATIENCE)
                    .until(() -> service.checks().stream()
                            .anyMatch(check -> check.detail().contains("no answer from")));
            assertThat(service.failure()).isEmpty();
            try (InProcessBroker broker = InProcessBroker.start(late)) {
                awaitReady(service);

                assertThat(broker.bootstrap()).isEqualTo(late.bootstrap());
                stop(service);
            }
        }
    }

    @Test
    void stopsWithTheCauseWhenTheBudgetForBadRecordsIsExhausted() throws Exception {
        ProcessorConfig config =
                TestConfigs.with(config("poison"), new DeadLetterSettings(false, 3, Duration.ofMinutes(10)));
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            for (int i = 0; i < 4; i++) {
                stage.send(new ProducerRecord<>(
                        "poison-audit-events", 0, null, "poison".getBytes(StandardCharsets.UTF_8)));
            }
            stage.flush();

            await().atMost(BrokerStage.PATIENCE).until(() -> service.failure().isPresent());
            assertThat(service.failure().orElseThrow())
                    .contains("more than 3 records in 10m could not be read")
                    .contains("raise deadLetters.budget");
            assertThat(service.checks()).extracting(Check::ok).contains(false);
        }
    }

    /** If the hook before the commit were not called, nothing but cold objects would ever reach the store. */
    @Test
    void hasWrittenItsStateWheneverItHasCommittedAPosition() throws Exception {
        ProcessorConfig config = config("hook");
        Instant began = Instant.parse("2026-11-24T10:00:00Z");
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            Set<String> names = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                Feud feud = new Feud("prod", "object-number-" + i, began);
                names.add(feud.name());
                stage.send(feud.writes(0, 2));
            }
            stage.awaitProcessed();

            StringBuilder all = new StringBuilder();
            stage.read("hook-object-state-changelog")
                    .forEach(record -> all.append(new String(record.key(), StandardCharsets.ISO_8859_1))
                            .append(
                                    record.value() == null
                                            ? ""
                                            : new String(record.value(), StandardCharsets.ISO_8859_1))
                            .append('\n'));
            assertThat(names).allSatisfy(name -> assertThat(all).contains(name));
            assertThat(service.failure()).isEmpty();
        }
    }

    /** State that knew of an update which its topic has not would lose it in a crash: the events that made it would be known. */
    @Test
    void hasItsWarsAcknowledgedBeforeItsStateSaysSo() throws Exception {
        ProcessorConfig config = TestConfigs.of(
                // One partition: the state of another knows nothing of the wars of this one, and need not wait for
                // them.
                new Topics("order-", 1, (short) 1),
                broker.bootstrap(),
                TestConfigs.stream(
                        "order",
                        data.resolve("order"),
                        Delivery.AT_LEAST_ONCE,
                        0,
                        Map.of(
                                "producer.interceptor.classes",
                                SendOrder.class.getName(),
                                // Long enough that nothing is acknowledged by a commit unless it is waited for.
                                "producer.linger.ms",
                                "2000")));
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            Feud feud = new Feud("prod", "settings", Instant.parse("2026-11-24T10:00:00Z"));
            stage.send(feud.heard(feud.at(-2)));
            stage.send(feud.heard(feud.at(-1)));
            for (int i = 0; i < 300; i++) {
                stage.send(feud.writes(i, i + 1));
            }
            stage.awaitProcessed();

            assertThat(stage.wars().records()).isGreaterThan(100);
            assertThat(SendOrder.states.get()).isPositive();
            assertThat(SendOrder.early.get()).isZero();
            assertThat(service.failure()).isEmpty();
        }
    }

    @Test
    void keepsACopyOfItsStateOnAStandby() throws Exception {
        ProcessorConfig one = TestConfigs.of(
                topics("standby"),
                broker.bootstrap(),
                TestConfigs.stream("standby", data.resolve("standby-a"), Delivery.AT_LEAST_ONCE, 1, Map.of()));
        ProcessorConfig two = TestConfigs.of(
                topics("standby"),
                broker.bootstrap(),
                TestConfigs.stream("standby", data.resolve("standby-b"), Delivery.AT_LEAST_ONCE, 1, Map.of()));
        try (BrokerStage stage = new BrokerStage(one);
                ProcessorService second = BrokerStage.start(two)) {
            try (ProcessorService first = BrokerStage.start(one)) {
                awaitReady(first);
                awaitReady(second);
                sendHalf(stage, 0);
                stage.awaitProcessed();
                // Both hold all partitions, each some as their own and the others for the other.
                await().atMost(BrokerStage.PATIENCE)
                        .until(() -> stores(data.resolve("standby-a")) == PARTITIONS
                                && stores(data.resolve("standby-b")) == PARTITIONS);
            }
            sendHalf(stage, 1);
            stage.awaitProcessed();

            assertUndisturbed(stage.wars());
            assertThat(stage.wars().repeated()).isZero();
        }
    }

    private static long stores(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith(Path.of("rocksdb", "object-state")))
                    .count();
        }
    }

    private static Topics topics(String name) {
        return new Topics(name + "-", PARTITIONS, (short) 1);
    }

    private static ProcessorConfig config(String name) {
        return TestConfigs.named(name, broker.bootstrap(), data.resolve(name), PARTITIONS);
    }

    private static Instance instance(String application, String name) throws IOException {
        return Instance.start(data.resolve(application + "-" + name), broker.bootstrap(), application, PARTITIONS, "");
    }

    private static void sendHalf(BrokerStage stage, int half) {
        for (Play play : plays) {
            List<EventRecord> records = play.records();
            int middle = records.size() / 2;
            stage.send(half == 0 ? records.subList(0, middle) : records.subList(middle, records.size()));
            if (half == 1) {
                stage.send(EventRecord.heartbeat(
                        play.cluster(), "apiserver", play.last().plusMillis(5_001), false));
            }
        }
    }

    private static void assertUndisturbed(WarsTopic wars) {
        List<String> differences = new ArrayList<>();
        plays.forEach(play -> differences.addAll(play.differences(wars)));
        assertThat(differences).isEmpty();
        assertThat(wars.saidOtherwise()).as("announced twice, and not alike").isEmpty();
    }

    /** Before its broker goes, and not after. */
    private static void stop(ProcessorService service) {
        service.close();
    }

    private static void awaitReady(ProcessorService service) {
        await().atMost(BrokerStage.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(service::isReady);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
