package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.wire.TopicName;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.OneBroker;
import io.patchwar.processor.stage.TestConfigs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ToldReaderIT {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @RegisterExtension
    private static final OneBroker broker = new OneBroker();

    @Test
    void knowsNothingOfATopicThatNobodyHasReadYet() throws Exception {
        ProcessorConfig config = config("fresh");
        try (BrokerStage stage = new BrokerStage(config);
                ToldReader reader = new ToldReader(config, ToldReader.LONGEST)) {
            assertThat(stage.records()).isZero();
            assertThat(told(reader).size()).isZero();
        }
    }

    @Test
    void readsFromTheFirstEventOnThatIsReadAgain() throws Exception {
        ProcessorConfig config = config("crashed");
        try (BrokerStage stage = new BrokerStage(config);
                ToldReader reader = new ToldReader(config, ToldReader.LONGEST)) {
            for (int minute = 0; minute < 10; minute++) {
                stage.send(record(config, TopicName.AUDIT_EVENTS, minute, "event"));
                stage.send(record(config, TopicName.WARS, minute, "told in minute " + minute));
            }
            stage.flush();
            commit(config, 6);

            Told told = told(reader);
            assertThat(told.isNew(9)).isFalse();
            assertThat(told.isNew(10)).isTrue();
            // A minute of slack, and no more: who reads everything takes as long as everything takes.
            assertThat(told.size()).isEqualTo(5);
            for (int minute = 5; minute < 10; minute++) {
                assertThat(told.retells(bytes("war"), bytes("told in minute " + minute)))
                        .as("minute %d", minute)
                        .isTrue();
            }
        }
    }

    /** A processor that wrote exactly once was killed in a transaction, and one that writes at least once takes its place. */
    @Test
    void takesNothingForToldThatWasAborted() throws Exception {
        ProcessorConfig config = config("aborted");
        try (BrokerStage stage = new BrokerStage(config);
                ToldReader reader = new ToldReader(config, ToldReader.LONGEST);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "aborted"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            stage.send(record(config, TopicName.AUDIT_EVENTS, 0, "event"));
            stage.flush();
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(record(config, TopicName.WARS, 0, "aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            unused = producer.send(record(config, TopicName.WARS, 0, "told"));
            producer.commitTransaction();

            Told told = told(reader);
            assertThat(told.size()).isEqualTo(1);
            assertThat(told.retells(bytes("war"), bytes("told"))).isTrue();
        }
    }

    @Test
    void readsNothingWhereEverythingIsCommitted() throws Exception {
        ProcessorConfig config = config("peaceful");
        try (BrokerStage stage = new BrokerStage(config);
                ToldReader reader = new ToldReader(config, ToldReader.LONGEST)) {
            stage.send(record(config, TopicName.AUDIT_EVENTS, 0, "event"));
            stage.send(record(config, TopicName.WARS, 0, "told"));
            stage.flush();
            commit(config, 1);

            assertThat(told(reader)).isSameAs(Told.NOTHING);
        }
    }

    @Test
    void readsFromTheBeginningWhereNothingWasEverCommitted() throws Exception {
        ProcessorConfig config = config("uncommitted");
        try (BrokerStage stage = new BrokerStage(config);
                ToldReader reader = new ToldReader(config, ToldReader.LONGEST)) {
            stage.send(record(config, TopicName.AUDIT_EVENTS, 0, "event"));
            stage.send(record(config, TopicName.WARS, 0, "told"));
            stage.flush();

            assertThat(told(reader).retells(bytes("war"), bytes("told"))).isTrue();
        }
    }

    @Test
    void knowsNothingBeforeLongWhereNobodyAnswers() throws Exception {
        ProcessorConfig config = TestConfigs.on("127.0.0.1:1", broker.folder("nobody"), 1);
        try (ToldReader reader = new ToldReader(config, Duration.ofMillis(500))) {
            assertThat(told(reader)).isSameAs(Told.NOTHING);
        }
    }

    /** Something takes the connection and never says a word: a broker that hangs, a proxy before one that is gone. */
    @Test
    void isOverInTimeWhereSomebodyListensAndNeverAnswers() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ProcessorConfig config = TestConfigs.on("127.0.0.1:" + mute.getLocalPort(), broker.folder("mute"), 1);
            try (ToldReader reader = new ToldReader(config, Duration.ofMillis(500))) {
                long began = System.nanoTime();
                assertThat(told(reader)).isSameAs(Told.NOTHING);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ToldReader.LONGEST);
            }
        }
    }

    private static Told told(ToldReader reader) throws Exception {
        return reader.of(0).get(BrokerStage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Each record is stamped with the arrival of what brought it. */
    private static ProducerRecord<byte[], byte[]> record(
            ProcessorConfig config, TopicName topic, int minute, String value) {
        long stamp = NOON.plus(Duration.ofMinutes(minute)).toEpochMilli();
        return new ProducerRecord<>(config.kafka().topics().name(topic), 0, stamp, bytes("war"), bytes(value));
    }

    private static void commit(ProcessorConfig config, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            TopicPartition events = new TopicPartition(config.kafka().topics().name(TopicName.AUDIT_EVENTS), 0);
            admin.alterConsumerGroupOffsets(
                            config.stream().applicationId(), Map.of(events, new OffsetAndMetadata(offset)))
                    .all()
                    .get(BrokerStage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static ProcessorConfig config(String name) {
        return TestConfigs.named(name, broker.bootstrap(), broker.folder(name), 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
