package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.model.wire.RecordHeaders;
import io.patchwar.service.health.Check;
import io.patchwar.service.health.Health;
import io.patchwar.service.metrics.Metrics;
import io.patchwar.settings.Environment;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a whole, with a real broker that comes late and goes away. */
class IngestServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void spoolsUntilKafkaIsThereAndWhileItIsAwayAndLosesNothing() throws Exception {
        InProcessBroker broker = InProcessBroker.over(folder.resolve("kafka"));
        Set<String> sent = new HashSet<>();
        broker.close();
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                IngestService service = IngestService.of(settings(broker.bootstrap()), metrics, health)) {
            service.start();
            post(service, sent, "before");
            assertThat(metrics.registry().get(IngestMetrics.SPOOL_BYTES).gauge().value())
                    .isPositive();
            assertThat(health.readiness())
                    .allMatch(Check::ok)
                    .anyMatch(check -> check.detail().contains("AWAY"));

            try (InProcessBroker first = InProcessBroker.start(broker.config())) {
                assertThat(first.bootstrap()).isEqualTo(broker.bootstrap());
                awaitDrained(metrics);
                post(service, sent, "there");
            }
            post(service, sent, "away");

            try (InProcessBroker again = InProcessBroker.start(broker.config())) {
                awaitDrained(metrics);
                post(service, sent, "again");
                await().atMost(PATIENCE)
                        .until(() -> metrics.registry()
                                        .find(IngestMetrics.HEARTBEATS)
                                        .counter()
                                != null);

                List<ConsumerRecord<byte[], byte[]>> records = read(again.bootstrap());
                assertThat(ids(records)).containsExactlyInAnyOrderElementsOf(sent);
                List<ConsumerRecord<byte[], byte[]>> beats =
                        records.stream().filter(r -> r.key() == null).toList();
                assertThat(beats).extracting(ConsumerRecord::partition).contains(0, 1, 2);
                assertThat(beats).allSatisfy(beat -> {
                    Heartbeat said = Heartbeat.parse(beat.value());
                    assertThat(said).isNotNull();
                    assertThat(said.cluster()).isEqualTo("prod");
                    assertThat(header(beat, RecordHeaders.HEARTBEAT)).isEqualTo("1");
                    assertThat(header(beat, RecordHeaders.SOURCE)).isEqualTo("master-1");
                });
                assertThat(records).filteredOn(r -> r.key() != null).allSatisfy(record -> {
                    assertThat(ObjectKey.parse(record.key())).isNotNull();
                    assertThat(header(record, RecordHeaders.CLUSTER)).isEqualTo("prod");
                    assertThat(header(record, RecordHeaders.SOURCE)).isEqualTo("master-1");
                });
            }
        }
    }

    private static void awaitDrained(Metrics metrics) {
        await().atMost(PATIENCE)
                .until(() ->
                        metrics.registry().get(IngestMetrics.SPOOL_AGE).gauge().value() == 0
                                && metrics.registry()
                                                .get(IngestMetrics.KAFKA_READY)
                                                .gauge()
                                                .value()
                                        == 1);
    }

    private void post(IngestService service, Set<String> sent, String name) throws Exception {
        for (int batch = 0; batch < 5; batch++) {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String id = name + "-" + batch + "-" + i;
                sent.add(id);
                events.add(
                        ("{\"level\":\"Metadata\",\"auditID\":\"%s\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/x\",\"verb\":\"update\","
                                        + "\"user\":{\"username\":\"u\"},\"objectRef\":{\"resource\":\"services\",\"namespace\":\"ns\",\"name\":\"web-%d\"},"
                                        + "\"responseStatus\":{\"code\":200},\"stageTimestamp\":\"2026-11-24T05:00:00.100000Z\"}")
                                .formatted(id, i % 7));
            }
            String body = "{\"kind\":\"EventList\",\"items\":[" + String.join(",", events) + "]}";
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + service.webhookPort() + "/audit/prod/master-1?timeout=30s"))
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private IngestSettings settings(String bootstrap) throws Exception {
        String yaml = """
                data: %s
                digestKeyFile: %s
                http: {listen: "127.0.0.1:0"}
                kafka: {bootstrap: "%s", topics: {replicas: 1, partitions: 3}}
                webhook: {listen: "127.0.0.1:0"}
                delivery: {timeout: 5s}
                heartbeats: {every: 1s}
                """.formatted(
                        folder.resolve("data"),
                        Files.writeString(folder.resolve("digest.key"), "a key that only tests have"),
                        bootstrap);
        return IngestSettings.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.NONE);
    }

    private static Set<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        Set<String> ids = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.key() != null) {
                String value = new String(record.value(), StandardCharsets.UTF_8);
                ids.add(value.replaceAll(".*\"auditID\":\"([^\"]*)\".*", "$1"));
            }
        }
        return ids;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Everything that is in the topic now. */
    static List<ConsumerRecord<byte[], byte[]>> read(String bootstrap) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        read(bootstrap, all::add);
        return all;
    }

    /** Everything that is in the topic now, one after the other. */
    static void read(String bootstrap, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("audit-events").stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            // As fast as it can be read, however much it is; what must not happen is that nothing comes.
            long quietUntil = System.nanoTime() + PATIENCE.toNanos();
            while (!partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
                assertThat(System.nanoTime())
                        .as("nothing came for %s", PATIENCE)
                        .isLessThan(quietUntil);
                var records = consumer.poll(Duration.ofMillis(200));
                records.forEach(each);
                quietUntil = records.isEmpty() ? quietUntil : System.nanoTime() + PATIENCE.toNanos();
            }
        }
    }
}
