package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that behaves like the API server's webhook loses nothing, whatever happens to ingest and Kafka. A short form of what
 * {@code make soak-ingest} does for long: {@code -Dpatchwar.soak.rounds} sets how often.
 */
class FaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ROUNDS = Integer.getInteger("patchwar.soak.rounds", 1);
    private static final int UNDER_FAULT = Integer.getInteger("patchwar.soak.batches", 8);

    @TempDir
    private Path folder;

    private InProcessBroker broker;
    private IngestProcess ingest;
    private ApiServerWebhook client;
    private int webhook;

    @BeforeEach
    void start() throws Exception {
        broker = InProcessBroker.over(folder.resolve("kafka"));
        webhook = LoopbackPorts.free();
        client = new ApiServerWebhook(
                URI.create("http://127.0.0.1:" + webhook + "/audit/prod/master-1?timeout=30s"),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        if (ingest != null) {
            ingest.close();
        }
        broker.close();
    }

    private void startIngest(Path data, String spool) throws Exception {
        int http = LoopbackPorts.free();
        String yaml = """
                data: %s
                digestKeyFile: %s
                http: {listen: "127.0.0.1:%d"}
                kafka: {bootstrap: "%s", topics: {replicas: 1, partitions: 3}}
                webhook: {listen: "127.0.0.1:%d"}
                spool: {size: %s}
                delivery: {timeout: 5s}
                """.formatted(
                        data,
                        Files.writeString(folder.resolve("digest.key"), "a key that only tests have"),
                        http,
                        broker.bootstrap(),
                        webhook,
                        spool);
        ingest = new IngestProcess(
                Files.writeString(folder.resolve("ingest.yaml"), yaml),
                folder.resolve("ingest.log"),
                http,
                true,
                "-Xmx256m");
        ingest.start();
        await().atMost(PATIENCE).until(ingest::answers);
    }

    @Test
    void losesNothingOverKillsAndWhileKafkaIsAway() throws Exception {
        startIngest(folder.resolve("data"), "64MiB");
        for (int round = 0; round < ROUNDS; round++) {
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> load(over));
            awaitBatches();
            ingest.kill();
            ingest.start();
            awaitBatches();
            broker.close();
            awaitBatches();
            assertThat(ingest.metric("patchwar_ingest_spool_bytes")).isPositive();
            ingest.kill();
            ingest.start();
            awaitBatches();
            broker = InProcessBroker.start(broker.config());
            awaitDrained();
            ingest.kill();
            ingest.start();
            awaitBatches();
            over.set(true);
            load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        awaitDrained();

        assertThat(ingest.stop()).isIn(0, 143);
        assertThat(client.dropped).isEmpty();
        assertThat(client.failures).hasPositiveValue();
        assertThat(client.acknowledged).isNotEmpty();
        assertThat(lost(client)).isEmpty();
        System.out.printf(
                "%d events acknowledged, %d attempts failed, slowest answer %d ms%n",
                client.acknowledged.size(),
                client.failures.get(),
                TimeUnit.NANOSECONDS.toMillis(client.slowestAnswer.get()));
    }

    @Test
    void takesLargeBodiesAndManyEventsAtOnce() throws Exception {
        startIngest(folder.resolve("data"), "64MiB");

        assertThat(client.post(10_000, 600)).isTrue();
        assertThat(client.post(400, 100 << 10)).isTrue();

        awaitDrained();
        assertThat(client.failures).hasValue(0);
        assertThat(ids()).hasSize(10_400);
    }

    @Test
    void asksToComeAgainWhileTheDiskOfTheSpoolIsFullAndCorruptsNothing() throws Exception {
        Path data = Files.createDirectories(folder.resolve("tmpfs"));
        assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", data.toString()), "needs root");
        try {
            broker.close();
            startIngest(data, "64MiB");
            // What does not pack fills the disk; the client's patience is shorter here than the outage.
            ApiServerWebhook impatient = new ApiServerWebhook(
                    URI.create("http://127.0.0.1:" + webhook + "/audit/prod"),
                    Duration.ofMillis(1),
                    Duration.ofSeconds(4));
            int posted = 0;
            while (impatient.dropped.isEmpty() && posted++ < 4_000) {
                impatient.post(400, 600);
            }
            assertThat(impatient.dropped).isNotEmpty();
            assertThat(ingest.metric("patchwar_ingest_webhook_not_durable_total", "spool-disk"))
                    .isPositive();
            ingest.kill();
            ingest.start();
            await().atMost(PATIENCE).until(ingest::answers);
            broker = InProcessBroker.start(broker.config());
            awaitDrained();

            assertThat(ingest.metric("patchwar_ingest_spool_damaged_bytes")).isZero();
            assertThat(lost(impatient)).isEmpty();
            assertThat(client.post(400, 600)).isTrue();
        } finally {
            ingest.close();
            await().atMost(PATIENCE).until(() -> mount("umount", data.toString()));
        }
    }

    private static boolean mount(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void load(AtomicBoolean over) {
        try {
            while (!over.get()) {
                client.post(200, 800);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Some more batches were acknowledged. */
    private void awaitBatches() {
        int before = client.acknowledged.size();
        await().atMost(PATIENCE).until(() -> client.acknowledged.size() >= before + 200 * UNDER_FAULT);
    }

    private void awaitDrained() {
        await().atMost(PATIENCE)
                .until(() -> ingest.metric("patchwar_ingest_spool_oldest_age_seconds") == 0
                        && ingest.metric("patchwar_ingest_kafka_ready") == 1);
    }

    /** What was acknowledged and is not in Kafka. */
    private Set<String> lost(ApiServerWebhook by) {
        return lost(by, broker.bootstrap());
    }

    /** What a client was told is durable and is not in Kafka. */
    static Set<String> lost(ApiServerWebhook by, String bootstrap) {
        Set<String> lost = new HashSet<>(by.acknowledged);
        IngestServiceIT.read(bootstrap, record -> lost.remove(id(record)));
        return lost;
    }

    private Set<String> ids() {
        Set<String> ids = new HashSet<>();
        IngestServiceIT.read(broker.bootstrap(), record -> ids.add(id(record)));
        ids.remove("");
        return ids;
    }

    /** Empty of a heartbeat. */
    private static String id(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return "";
        }
        String value = new String(record.value(), StandardCharsets.UTF_8);
        int at = value.indexOf("\"auditID\":\"") + 11;
        return value.substring(at, value.indexOf('"', at));
    }
}
