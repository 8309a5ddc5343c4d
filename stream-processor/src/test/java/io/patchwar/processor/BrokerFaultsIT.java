package io.patchwar.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.BrokerProcess;
import io.patchwar.broker.BrokerProcessConfig;
import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.Sample;
import io.patchwar.processor.stage.Signals;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.processor.stage.ThreeBrokers;
import io.patchwar.service.kafka.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the brokers suffer, each a JVM of its own: in the end the topic holds the wars of an undisturbed run. */
class BrokerFaultsIT {
    private static final int PARTITIONS = 4;

    @TempDir
    private static Path data;

    private final Sample sample = Sample.ofScenarios();

    @Test
    void losesNothingWhenOneOfThreeBrokersIsKilled() throws Exception {
        try (ThreeBrokers brokers = new ThreeBrokers(data.resolve("three"))) {
            ProcessorConfig config = TestConfigs.of(
                    new Topics("three-", PARTITIONS, (short) 3),
                    brokers.bootstrap(),
                    TestConfigs.stream("three", data.resolve("three-state"), Delivery.AT_LEAST_ONCE, 0, Map.of()));
            try (BrokerStage stage = new BrokerStage(config);
                    ProcessorService service = BrokerStage.start(config)) {
                await().atMost(BrokerStage.PATIENCE).until(service::isReady);
                sample.sendHalf(stage, 0);
                stage.flush();
                int victim = brokers.leader("three-audit-events", 0);
                assertThat(brokers.inSync(new TopicPartition("three-wars", 0))).isEqualTo(3);
                brokers.kill(victim);
                sample.sendHalf(stage, 1);
                stage.awaitProcessed();

                assertThat(brokers.leader("three-audit-events", 0)).isNotEqualTo(victim);
                sample.assertUndisturbed(stage.wars());
                assertThat(service.failure()).isEmpty();
                await().atMost(BrokerStage.PATIENCE).until(service::isReady);
                stop(service);
            }
        }
    }

    /** A minute long in the soak; here until it is noticed. */
    @Test
    void waitsForABrokerThatStandsStillAndGoesOn() throws Exception {
        try (BrokerProcess broker =
                BrokerProcess.start(BrokerProcessConfig.in(data.resolve("paused-broker")), says -> {})) {
            ProcessorConfig config =
                    TestConfigs.named("paused", broker.bootstrap(), data.resolve("paused"), PARTITIONS);
            try (BrokerStage stage = new BrokerStage(config);
                    ProcessorService service = BrokerStage.start(config)) {
                await().atMost(BrokerStage.PATIENCE).until(service::isReady);
                sample.sendHalf(stage, 0);
                stage.flush();
                Signals.pause(broker.pid());
                try {
                    sample.sendHalf(stage, 1);
                    await().atMost(BrokerStage.PATIENCE).until(() -> !service.isReady());
                    assertThat(service.failure()).as("alive, and waits").isEmpty();
                } finally {
                    Signals.resume(broker.pid());
                }
                stage.awaitProcessed();

                sample.assertUndisturbed(stage.wars());
                await().atMost(BrokerStage.PATIENCE).until(service::isReady);
                assertThat(service.failure()).isEmpty();
                stop(service);
            }
        }
    }

    /** Before its broker goes, and not after. */
    private static void stop(ProcessorService service) {
        service.close();
    }
}
