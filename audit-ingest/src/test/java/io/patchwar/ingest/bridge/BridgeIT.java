package io.patchwar.ingest.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.ingest.bridge.BridgeConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.service.kafka.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker: what shippers leave in topics comes out, offsets follow what is durable, instances share the work. */
class BridgeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ID = Pattern.compile("\"auditID\":\"line-(\\d+)\"");

    @TempDir
    private static Path directory;

    private static InProcessBroker broker;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private final List<Bridge> bridges = new ArrayList<>();

    @BeforeAll
    static void startBroker() {
        broker = InProcessBroker.over(directory.resolve("broker"));
        Map<String, Object> connection = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
        admin = Admin.create(connection);
        producer = new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
        broker.close();
    }

    @AfterEach
    void closeBridges() {
        bridges.forEach(Bridge::close);
    }

    private static void topic(String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private static void produce(ProducerRecord<byte[], byte[]> record) throws Exception {
        producer.send(record).get(30, TimeUnit.SECONDS);
    }

    private BridgeConfig config(String topic, ClusterNaming naming) {
        return new BridgeConfig(
                "b-" + topic,
                new KafkaConnection(
                        broker.bootstrap(),
                        Map.of(
                                "max.poll.interval.ms",
                                "8000",
                                "session.timeout.ms",
                                "6000",
                                "metadata.max.age.ms",
                                "1000")),
                List.of(topic),
                "group-" + topic,
                naming,
                Start.EARLIEST,
                Duration.ofSeconds(3));
    }

    private Bridge start(BridgeConfig config, CollectedRecords out) {
        Bridge bridge = new Bridge(config, out.pipeline(), new IngestMetrics(out.meters));
        bridges.add(bridge);
        bridge.start();
        return bridge;
    }

    private static int number(OutRecord out) {
        Matcher m = ID.matcher(new String(out.value(), StandardCharsets.UTF_8));
        assertThat(m.find()).isTrue();
        return Integer.parseInt(m.group(1));
    }

    private static List<Integer> numbers(CollectedRecords out) {
        return out.records.stream()
                .filter(record -> record.key() != null)
                .map(BridgeIT::number)
                .toList();
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(String topic) throws Exception {
        return admin.listConsumerGroupOffsets("group-" + topic)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
    }

    private static long committed(String topic, int partition) throws Exception {
        OffsetAndMetadata offset = committed(topic).get(new TopicPartition(topic, partition));
        return offset == null ? 0 : offset.offset();
    }

    @Test
    void unwrapsWhatEveryShipperMakesOfAnEvent() throws Exception {
        topic("shippers", 1);
        Map<String, byte[]> framings = Framings.all(7);
        for (byte[] value : framings.values()) {
            produce(new ProducerRecord<>("shippers", value));
        }
        CollectedRecords out = new CollectedRecords();
        start(config("shippers", ClusterNaming.always("c1")), out);
        await().atMost(PATIENCE).until(() -> out.records.size() >= framings.size());
        assertThat(out.records).hasSize(framings.size()).allSatisfy(record -> {
            assertThat(record.cluster()).isEqualTo("c1");
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("c1//services/n/s2");
            assertThat(number(record)).isEqualTo(7);
        });
        assertThat(out.records.stream().map(OutRecord::source).distinct())
                .contains("b-shippers", "node-1", "kube-apiserver-1", "kube-apiserver-audit-ab12");
        await().atMost(PATIENCE).until(() -> committed("shippers", 0) == framings.size());
    }

    @Test
    void tellsClustersOfOneHubApartByTheirResourceIds() throws Exception {
        topic("hub", 1);
        for (String id : List.of("/S/MANAGEDCLUSTERS/ONE", "/s/managedClusters/Two")) {
            produce(new ProducerRecord<>("hub", Framings.azure(1, id).toString().getBytes(StandardCharsets.UTF_8)));
        }
        produce(new ProducerRecord<>("hub", Framings.event(2).toString().getBytes(StandardCharsets.UTF_8)));
        CollectedRecords out = new CollectedRecords();
        start(
                config(
                        "hub",
                        new ClusterNaming(
                                null, null, "resourceId", ClusterNaming.LAST_PART, Map.of("one", "prod-one"))),
                out);
        await().atMost(PATIENCE).until(() -> committed("hub", 0) == 3);
        assertThat(out.records.stream().filter(record -> record.key() != null).map(OutRecord::cluster))
                .containsExactlyInAnyOrder("prod-one", "two");
        assertThat(out.count(IngestMetrics.BRIDGE_UNNAMED)).isEqualTo(1);
        assertThat(out.records.stream().filter(record -> record.key() == null).map(OutRecord::cluster))
                .containsExactly("unnamed");
    }

    @Test
    void leavesPoisonAsDeadLettersAndGoesOn() throws Exception {
        topic("poison", 1);
        for (String value : List.of("{\"kind\":", "no json at all", "[[[[[[[[[[]]]]]]]]]]", "{\"a\":1}", "\u0001 x")) {
            produce(new ProducerRecord<>("poison", value.getBytes(StandardCharsets.UTF_8)));
        }
        produce(new ProducerRecord<>("poison", null));
        produce(new ProducerRecord<>("poison", Framings.event(3).toString().getBytes(StandardCharsets.UTF_8)));
        CollectedRecords out = new CollectedRecords();
        Bridge bridge = start(config("poison", ClusterNaming.always("c1")), out);
        await().atMost(PATIENCE).until(() -> committed("poison", 0) == 7);
        assertThat(numbers(out)).containsExactly(3);
        assertThat(out.count(IngestMetrics.REJECTED)).isEqualTo(5);
        assertThat(out.records.stream().filter(record -> record.key() == null)).hasSize(5);
        assertThat(bridge.check().ok()).isTrue();
    }

    @Test
    void commitsNothingWhileNothingIsTakenAndLosesNothing() throws Exception {
        topic("refused", 1);
        for (int i = 0; i < 50; i++) {
            produce(new ProducerRecord<>("refused", Framings.event(i).toString().getBytes(StandardCharsets.UTF_8)));
        }
        CollectedRecords out = new CollectedRecords();
        out.refuse(NotDurableException.Reason.KAFKA_AWAY);
        Bridge bridge = start(config("refused", ClusterNaming.always("c1")), out);
        await().atMost(PATIENCE).until(() -> out.count(IngestMetrics.BRIDGE_RETRIES) > 50);
        assertThat(committed("refused", 0)).isZero();
        assertThat(out.heard).isEmpty();
        assertThat(out.refused).isNotEmpty();
        assertThat(bridge.check().ok()).isFalse();
        out.refuse(null);
        await().atMost(PATIENCE).until(() -> committed("refused", 0) == 50);
        assertThat(numbers(out).stream().distinct()).hasSize(50);
        await().atMost(PATIENCE).until(() -> bridge.check().ok());
    }

    @Test
    void isNotWellBeforeThereIsATopicOfThatName() throws Exception {
        CollectedRecords out = new CollectedRecords();
        Bridge bridge = start(config("late", ClusterNaming.always("c1")), out);
        await().atMost(PATIENCE).until(() -> bridge.check().detail().startsWith("no partitions of late at "));
        assertThat(bridge.check().ok()).isFalse();

        topic("late", 1);
        await().atMost(PATIENCE).until(() -> bridge.check().ok());
        assertThat(bridge.check().detail()).contains("1 partitions of late, last fetch ");

        Bridge other = start(config("late", ClusterNaming.always("c1")), new CollectedRecords());
        await().atMost(PATIENCE)
                .until(() -> bridge.check().ok()
                        && other.check().ok()
                        && Stream.of(bridge, other)
                                .anyMatch(each -> each.check().detail().startsWith("0 partitions of late, other ")));
    }

    /** Takes everything until it dies: then whoever hands it something never comes back, as if the process had stopped there. */
    private static final class Mortal extends CollectedRecords {
        private final CountDownLatch burial = new CountDownLatch(1);
        private volatile boolean dead;

        @Override
        public CompletableFuture<Void> deliver(List<OutRecord> batch, boolean maySpool) {
            if (!dead) {
                return super.deliver(batch, maySpool);
            }
            try {
                var unused = burial.await(10, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.failedFuture(
                    new NotDurableException(NotDurableException.Reason.CLOSING, "this instance is dead"));
        }
    }

    @Test
    void twoInstancesShareTheWorkAndOneDies() throws Exception {
        int partitions = 4;
        int records = 2_000;
        topic("shared", partitions);
        Mortal first = new Mortal();
        CollectedRecords second = new CollectedRecords();
        start(config("shared", ClusterNaming.always("c1")), first);
        start(config("shared", ClusterNaming.always("c1")), second);
        for (int i = 0; i < records; i++) {
            if (i == records / 2) {
                // Both have worked before one of them dies.
                await().atMost(PATIENCE).until(() -> !first.records.isEmpty() && !second.records.isEmpty());
                first.dead = true;
            }
            produce(new ProducerRecord<>(
                    "shared", i % partitions, null, Framings.event(i).toString().getBytes(StandardCharsets.UTF_8)));
            if (i % 100 == 0) {
                offsetsDoNotRunAhead(partitions, first, second);
            }
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            offsetsDoNotRunAhead(partitions, first, second);
            return IntStream.range(0, partitions).allMatch(partition -> {
                try {
                    return committed("shared", partition) == records / partitions;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        });
        first.burial.countDown();
        Set<Integer> durable = new HashSet<>(numbers(first));
        durable.addAll(numbers(second));
        assertThat(durable).hasSize(records);
        // The other one has taken over what the dead one was given.
        assertThat(numbers(second).stream()
                        .filter(number -> number >= records / 2)
                        .distinct())
                .hasSize(records / 2);
    }

    /** Whatever offset is committed, everything before it is durable at one of them. */
    private static void offsetsDoNotRunAhead(int partitions, CollectedRecords... outs) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = committed("shared");
        Set<Integer> durable = new HashSet<>();
        for (CollectedRecords out : outs) {
            durable.addAll(numbers(out));
        }
        committed.forEach((partition, offset) -> {
            for (long i = 0; offset != null && i < offset.offset(); i++) {
                int number = (int) i * partitions + partition.partition();
                assertThat(durable).as("%s at %s", partition, offset).contains(number);
            }
        });
    }
}
