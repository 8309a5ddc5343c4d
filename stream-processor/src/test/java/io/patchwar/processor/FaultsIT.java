package io.patchwar.processor;

import static io.patchwar.processor.stage.OneBroker.PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.BrokerConfig;
import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import io.patchwar.processor.config.DeadLetterSettings;
import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.Instance;
import io.patchwar.processor.stage.OneBroker;
import io.patchwar.processor.stage.Sample;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.service.health.Check;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever fails: in the end the topic holds the wars of an undisturbed run, and none was announced as anything else than it was.
 * Runs of scenarios are the input, each in a cluster of its own, and the core alone is the oracle.
 */
class FaultsIT {
    @RegisterExtension
    private static final OneBroker broker = new OneBroker();

    private static Sample sample;

    @BeforeAll
    static void start() {
        sample = Sample.ofScenarios();
    }

    @Test
    void losesAndDoublesNothingWhenOneOfTwoInstancesIsKilled() throws Exception {
        ProcessorConfig config = broker.config("killed");
        try (BrokerStage stage = new BrokerStage(config);
                Instance survivor = instance("killed", "a").awaitReady();
                Instance victim = instance("killed", "b").awaitReady()) {
            sample.sendHalf(stage, 0);
            stage.flush();
            victim.kill();
            sample.sendHalf(stage, 1);
            stage.awaitProcessed();

            sample.assertUndisturbed(stage.wars());
            assertThat(survivor.stop()).isEqualTo(143);
        }
    }

    /** It commits nothing before it dies, so that everything is judged twice. */
    @Test
    void tellsNothingTwiceThatWasToldSinceTheLastCommit() throws Exception {
        ProcessorConfig config = broker.config("retold");
        try (BrokerStage stage = new BrokerStage(config)) {
            try (Instance victim = Instance.start(
                            broker.folder("retold-b"),
                            broker.bootstrap(),
                            "retold",
                            PARTITIONS,
                            ", properties: {commit.interval.ms: 3600000}")
                    .awaitReady()) {
                sample.sendHalf(stage, 0);
                stage.flush();
                await().atMost(BrokerStage.PATIENCE)
                        .until(() -> victim.metric("patchwar_stream_events_total")
                                        + victim.metric("patchwar_stream_heartbeats_total")
                                == stage.records());
                victim.kill();
            }
            int told = stage.wars().records();
            try (Instance heir = instance("retold", "a").awaitReady()) {
                sample.sendHalf(stage, 1);
                stage.awaitProcessed();

                System.out.println(heir.said("told"));
                sample.assertUndisturbed(stage.wars());
                assertThat(heir.metric("patchwar_war_updates_told_before_total"))
                        .isPositive()
                        .isEqualTo(told);
                assertThat(heir.stop()).isEqualTo(143);
            }
        }
    }

    @Test
    void handsOverWhenOneOfTwoInstancesIsStopped() throws Exception {
        ProcessorConfig config = broker.config("stopped");
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService stays = BrokerStage.start(config);
                Instance goes = instance("stopped", "b").awaitReady()) {
            sample.sendHalf(stage, 0);
            stage.flush();
            assertThat(goes.stop()).isEqualTo(143);
            sample.sendHalf(stage, 1);
            stage.awaitProcessed();

            // Whoever leaves in peace has committed what it said.
            sample.assertUndisturbed(stage.wars());
            assertThat(stays.failure()).isEmpty();
        }
    }

    @Test
    void saysEverythingOnceWhenKilledInExactlyOnce() throws Exception {
        ProcessorConfig config = TestConfigs.of(
                topics("once"),
                broker.bootstrap(),
                TestConfigs.stream("once", broker.folder("once"), Delivery.EXACTLY_ONCE, 0, Map.of()));
        try (BrokerStage stage = new BrokerStage(config);
                Instance victim = Instance.start(
                                broker.folder("once-a"),
                                broker.bootstrap(),
                                "once",
                                PARTITIONS,
                                ", delivery: exactly-once")
                        .awaitReady()) {
            sample.sendHalf(stage, 0);
            stage.flush();
            victim.kill();
            try (ProcessorService heir = BrokerStage.start(config)) {
                sample.sendHalf(stage, 1);
                stage.awaitProcessed();

                sample.assertUndisturbed(stage.wars());
                assertThat(heir.failure()).isEmpty();
            }
        }
    }

    /** A zombie: it wakes up with its partitions gone, in the middle of what it did, and knows nothing of it. */
    @Test
    void writesNothingOverTheOthersWhenItWakesUpAfterItsSession() throws Exception {
        ProcessorConfig config = broker.config("zombie");
        try (BrokerStage stage = new BrokerStage(config);
                Instance heir = instance("zombie", "a").awaitReady();
                Instance sleeper = instance("zombie", "b").awaitReady()) {
            sleepsThroughItsSession(stage, heir, sleeper);
            await().atMost(BrokerStage.PATIENCE).until(() -> sleeper.metric("patchwar_watched_partitions") > 0);
            stage.awaitProcessed();

            // A batch that its producer was gathering when it was stopped is sent when it wakes up (decision 057).
            sample.assertComplete(stage.wars());
            assertThat(sleeper.stop()).isEqualTo(143);
            assertThat(heir.stop()).isEqualTo(143);
        }
    }

    /** The same, where whoever reads only what is committed must see nothing twice. */
    @Test
    void saysEverythingOnceWhenItWakesUpAfterItsSessionInExactlyOnce() throws Exception {
        ProcessorConfig config = broker.config("fenced");
        try (BrokerStage stage = new BrokerStage(config);
                Instance heir = exactlyOnce("fenced", "a").awaitReady();
                Instance sleeper = exactlyOnce("fenced", "b").awaitReady()) {
            sleepsThroughItsSession(stage, heir, sleeper);
            stage.awaitProcessed();

            sample.assertUndisturbed(stage.wars());
        }
    }

    /** The sleeper does half of it, sleeps while the heir takes its partitions and does the rest, and wakes up. */
    private void sleepsThroughItsSession(BrokerStage stage, Instance heir, Instance sleeper) throws Exception {
        await().atMost(BrokerStage.PATIENCE).until(() -> sleeper.metric("patchwar_watched_partitions") > 0);
        sample.sendHalf(stage, 0);
        stage.flush();
        sleeper.pause();
        try {
            await().atMost(BrokerStage.PATIENCE).until(() -> heir.metric("patchwar_watched_partitions") == PARTITIONS);
            sample.sendHalf(stage, 1);
            stage.awaitProcessed();
        } finally {
            sleeper.resume();
        }
        sleeper.awaitReady();
    }

    @Test
    void survivesAStormOfRebalances() throws Exception {
        ProcessorConfig config = broker.config("storm");
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService stays = BrokerStage.start(config)) {
            sample.sendHalf(stage, 0);
            for (int i = 0; i < 5; i++) {
                ProcessorConfig other = TestConfigs.of(
                        topics("storm"), broker.bootstrap(), TestConfigs.stream("storm", broker.folder("storm-" + i)));
                try (ProcessorService comesAndGoes = BrokerStage.start(other)) {
                    awaitReady(comesAndGoes);
                }
            }
            sample.sendHalf(stage, 1);
            stage.awaitProcessed();

            sample.assertUndisturbed(stage.wars());
            assertThat(stays.failure()).isEmpty();
        }
    }

    @Test
    void waitsForABrokerThatIsAwayAndGoesOn() throws Exception {
        BrokerConfig away =
                new BrokerConfig(broker.folder("away-broker"), LoopbackPorts.free(), LoopbackPorts.free(), Map.of());
        InProcessBroker first = InProcessBroker.start(away);
        ProcessorConfig config = TestConfigs.on(first.bootstrap(), broker.folder("away"), PARTITIONS);
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            sample.sendHalf(stage, 0);
            stage.awaitProcessed();
            awaitReady(service);
            first.close();
            await().atMost(BrokerStage.PATIENCE).until(() -> !service.isReady());
            assertThat(service.failure()).as("alive, and waits").isEmpty();
            try (InProcessBroker again = InProcessBroker.start(away)) {
                sample.sendHalf(stage, 1);
                stage.awaitProcessed();
                awaitReady(service);

                sample.assertUndisturbed(stage.wars());
                assertThat(again.bootstrap()).isEqualTo(first.bootstrap());
                stop(service);
            }
        }
    }

    @Test
    void startsBeforeItsBrokerDoes() throws Exception {
        BrokerConfig late =
                new BrokerConfig(broker.folder("late-broker"), LoopbackPorts.free(), LoopbackPorts.free(), Map.of());
        ProcessorConfig config = TestConfigs.on(late.bootstrap(), broker.folder("late"), 1);
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

    /** Streams calls a thread that waits for its producer running. */
    @Test
    void isNotReadyWhileItsWarsAreNotTakenAndGoesOnOnceTheyAre() throws Exception {
        ProcessorConfig config = TestConfigs.of(
                topics("stuck"),
                broker.bootstrap(),
                TestConfigs.stream(
                        "stuck",
                        broker.folder("stuck"),
                        Delivery.AT_LEAST_ONCE,
                        0,
                        Map.of("producer.interceptor.classes", Stuck.class.getName())));
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            awaitReady(service);
            sample.sendHalf(stage, 0);
            stage.flush();
            await().atMost(BrokerStage.PATIENCE)
                    .until(() -> service.checks().stream()
                            .anyMatch(check -> check.detail().contains("stands still")));
            assertThat(service.isReady()).isFalse();
            assertThat(service.failure()).as("alive, and waits").isEmpty();
            Stuck.goesOn.countDown();
            sample.sendHalf(stage, 1);
            stage.awaitProcessed();
            awaitReady(service);

            sample.assertUndisturbed(stage.wars());
        } finally {
            Stuck.goesOn.countDown();
        }
    }

    @Test
    void waitsForAsManyBrokersAsItsTopicsNeed() {
        ProcessorConfig config = TestConfigs.of(
                new Topics("replicas-", 1, (short) 3),
                broker.bootstrap(),
                TestConfigs.stream("replicas", broker.folder("replicas")));
        try (ProcessorService service = BrokerStage.start(config)) {
            await().atMost(BrokerStage.PATIENCE)
                    .until(() -> service.checks().stream()
                            .anyMatch(check -> check.detail().contains("kafka.topics.replicas")));

            assertThat(service.isReady()).isFalse();
            assertThat(service.failure()).as("alive, and waits").isEmpty();
        }
    }

    @Test
    void stopsWithTheCauseWhenTheBudgetForBadRecordsIsExhausted() throws Exception {
        ProcessorConfig config =
                TestConfigs.with(broker.config("poison"), new DeadLetterSettings(false, 3, Duration.ofMinutes(10)));
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
        ProcessorConfig config = broker.config("hook");
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
        SendOrder.reset();
        ProcessorConfig config = TestConfigs.of(
                new Topics("order-", SendOrder.PARTITIONS, (short) 1),
                broker.bootstrap(),
                TestConfigs.stream(
                        "order",
                        broker.folder("order"),
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
            Instant began = Instant.parse("2026-11-24T10:00:00Z");
            List<Feud> feuds = IntStream.range(0, 16)
                    .mapToObj(i -> new Feud("prod", "settings-" + i, began))
                    .toList();
            stage.send(feuds.get(0).heard(began.minusSeconds(2)));
            stage.send(feuds.get(0).heard(began.minusSeconds(1)));
            for (int i = 0; i < 100; i++) {
                for (Feud feud : feuds) {
                    stage.send(feud.writes(i, i + 1));
                }
                // So that wars and commits of all partitions take turns.
                stage.flush();
            }
            stage.awaitProcessed();

            for (int partition = 0; partition < SendOrder.PARTITIONS; partition++) {
                assertThat(SendOrder.wars.get(partition))
                        .as("wars of partition %d", partition)
                        .isGreaterThan(100);
                assertThat(SendOrder.states.get(partition))
                        .as("states of partition %d", partition)
                        .isPositive();
                assertThat(SendOrder.underway.get(partition))
                        .as("not acknowledged")
                        .isZero();
            }
            assertThat(SendOrder.early.get()).isZero();
            assertThat(service.failure()).isEmpty();
        }
    }

    private static Topics topics(String name) {
        return new Topics(name + "-", PARTITIONS, (short) 1);
    }

    private static Instance instance(String application, String name) throws IOException {
        return Instance.start(broker.folder(application + "-" + name), broker.bootstrap(), application, PARTITIONS, "");
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

    private static Instance exactlyOnce(String application, String name) throws IOException {
        return Instance.start(
                broker.folder(application + "-" + name),
                broker.bootstrap(),
                application,
                PARTITIONS,
                ", delivery: exactly-once");
    }
}
