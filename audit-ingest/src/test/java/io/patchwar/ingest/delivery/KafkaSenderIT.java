package io.patchwar.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.broker.InProcessBroker;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.DeadLetters;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.ingest.redact.RedactionKey;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.service.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker: what it will never take becomes a dead letter, and holds up nothing. */
class KafkaSenderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static InProcessBroker broker;

    private final IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
    private @Nullable KafkaSender sender;

    @BeforeAll
    static void startBroker() {
        broker = InProcessBroker.over(directory.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void closeSender() {
        if (sender != null) {
            sender.close();
        }
    }

    @Test
    void leavesADeadLetterOfWhatIsLargerThanTheClientSends() throws Exception {
        start("client-");

        send(event("a"), event("b", new byte[7 << 20]), event("c"));

        assertThat(values("client-audit-events")).containsExactly("a", "c");
        isTheOnlyLetter("client-", "record-too-large", 7 << 20);
    }

    @Test
    void leavesADeadLetterOfWhatIsLargerThanTheTopicHolds() throws Exception {
        start("topic-");
        alter("topic-audit-events", "max.message.bytes", "100000");
        byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);

        send(event("a"), event("b", large), event("c"));

        assertThat(values("topic-audit-events")).containsExactlyInAnyOrder("a", "c");
        isTheOnlyLetter("topic-", "record-too-large", large.length);
    }

    @Test
    void leavesDeadLettersOfWhatTheTopicDoesNotTakeAndDeliversWhatWentWithIt() throws Exception {
        start("invalid-");
        alter("invalid-audit-events", "cleanup.policy", "compact");
        List<OutRecord> records = new ArrayList<>();
        List<String> valid = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // A compacted topic takes nothing without a key.
            byte[] key = i % 10 == 3 ? null : new byte[] {(byte) i};
            records.add(record(TopicName.AUDIT_EVENTS, key, ("r" + i).getBytes(StandardCharsets.UTF_8), Instant.now()));
            if (key != null) {
                valid.add("r" + i);
            }
        }

        send(records.toArray(OutRecord[]::new));

        assertThat(values("invalid-audit-events")).containsExactlyInAnyOrderElementsOf(valid);
        assertThat(values("invalid-audit-events-dlq"))
                .hasSize(4)
                .allMatch(letter -> letter.contains("\"reason\":\"record-invalid\""));
        assertThat(metrics.registry()
                        .get(IngestMetrics.REFUSED_RECORDS)
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void givesWhatLayInTheSpoolForLongerThanTheTopicBelievesAnotherTime() throws Exception {
        start("stale-");
        alter("stale-audit-events", "message.timestamp.before.max.ms", "3600000");

        send(record(
                TopicName.AUDIT_EVENTS,
                new byte[] {1},
                "old".getBytes(StandardCharsets.UTF_8),
                Instant.now().minus(Duration.ofHours(2))));

        assertThat(values("stale-audit-events")).containsExactly("old");
        assertThat(values("stale-audit-events-dlq")).isEmpty();
    }

    @Test
    void goesOnWhenADeadLetterItselfIsRefused() throws Exception {
        start("both-");
        alter("both-audit-events", "cleanup.policy", "compact");
        alter("both-audit-events-dlq", "cleanup.policy", "compact");

        send(record(TopicName.AUDIT_EVENTS, null, new byte[] {'x'}, Instant.now()), event("a"));

        assertThat(values("both-audit-events")).containsExactly("a");
        assertThat(metrics.registry()
                        .get(IngestMetrics.REFUSED_RECORDS)
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private void start(String prefix) throws Exception {
        RedactionKey key =
                RedactionKey.read(Files.writeString(directory.resolve(prefix + "key"), "a key that only tests have"));
        KafkaSender started = new KafkaSender(
                new KafkaSettings(KafkaConnection.to(broker.bootstrap()), new Topics(prefix, 1, (short) 1), true),
                SenderConfig.DEFAULT,
                new DeadLetters(key, false),
                metrics,
                InstantSource.system());
        sender = started;
        started.start();
        await().atMost(PATIENCE).until(started::ready);
    }

    private static void alter(String topic, String key, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(PATIENCE)
                    .until(() -> value.equals(admin.describeConfigs(List.of(resource))
                            .all()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .get(resource)
                            .get(key)
                            .value()));
        }
    }

    private void send(OutRecord... records) throws Exception {
        CompletableFuture<Void> sent = sender.send(List.of(records));
        sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void isTheOnlyLetter(String prefix, String reason, int bytes) {
        assertThat(values(prefix + "audit-events-dlq"))
                .singleElement()
                .asString()
                .contains("\"reason\":\"" + reason + "\"", "\"cluster\":\"prod\"", "\"source\":\"master-1\"")
                .contains("\"bytes\":" + bytes + ",", "\"digest\":\"");
        assertThat(metrics.registry()
                        .get(IngestMetrics.REFUSED_RECORDS)
                        .tag("reason", reason)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static OutRecord event(String value) {
        return event(value, value.getBytes(StandardCharsets.UTF_8));
    }

    private static OutRecord event(String key, byte[] value) {
        return record(TopicName.AUDIT_EVENTS, key.getBytes(StandardCharsets.UTF_8), value, Instant.now());
    }

    private static OutRecord record(TopicName topic, byte @Nullable [] key, byte[] value, Instant time) {
        return new OutRecord(topic, key, value, "prod", "master-1", time);
    }

    private static List<String> values(String topic) {
        List<String> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", (Object) broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(topic).size())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            await().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    all.add(new String(record.value(), StandardCharsets.UTF_8));
                }
                return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
            });
        }
        return all;
    }
}
