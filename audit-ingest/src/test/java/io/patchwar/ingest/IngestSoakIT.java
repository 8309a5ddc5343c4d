package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import io.patchwar.service.tls.Certificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For minutes, everything at once: three API servers post over TLS, ingest is killed every twenty seconds, certificate and token
 * are exchanged between two kills, slow senders hold connections, and Kafka is away for five of the minutes. Nothing that was
 * acknowledged is lost, nothing is dropped, nobody is refused. Only when asked for: {@code make soak-ingest}, which sets
 * {@code -Dpatchwar.soak.minutes}, seven at least.
 */
class IngestSoakIT {
    private static final int MINUTES = Integer.getInteger("patchwar.soak.minutes", 0);
    private static final Duration KAFKA_AWAY = Duration.ofSeconds(Integer.getInteger("patchwar.soak.away", 300));
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(250);

    @TempDir
    private Path folder;

    private final List<ApiServerWebhook> servers = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private int exchanges;

    @Test
    void losesNothingForMinutesOfEverythingAtOnce() throws Exception {
        assumeTrue(MINUTES > 0, "a soak, run by make soak-ingest");
        int webhook = LoopbackPorts.free();
        int http = LoopbackPorts.free();
        Certificates authority = new Certificates();
        exchangeCertificate(authority);
        write("token", "token-number-0000000");
        InProcessBroker broker = InProcessBroker.over(folder.resolve("kafka"));
        try (IngestProcess ingest = new IngestProcess(
                        config(broker, webhook, http), folder.resolve("ingest.log"), http, true, "-Xmx256m");
                SlowSenders slow = new SlowSenders(webhook)) {
            ingest.start();
            slow.start();
            await().atMost(PATIENCE).until(() -> ingest.metric("patchwar_ingest_kafka_ready") == 1);
            Executor own = task -> new Thread(task, "api-server").start();
            List<CompletableFuture<Void>> load = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                ApiServerWebhook server = server(authority, webhook, i);
                servers.add(server);
                load.add(CompletableFuture.runAsync(() -> load(server), own));
            }
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
            soak(ingest, authority, Duration.ofMinutes(1));
            broker.close();
            soak(ingest, authority, KAFKA_AWAY);
            assertThat(ingest.metric("patchwar_ingest_spool_bytes")).isPositive();
            broker = InProcessBroker.start(broker.config());
            soak(ingest, authority, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            over.set(true);
            for (CompletableFuture<Void> one : load) {
                one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            await().atMost(PATIENCE)
                    .until(() -> ingest.metric("patchwar_ingest_spool_oldest_age_seconds") == 0
                            && ingest.metric("patchwar_ingest_kafka_ready") == 1);
            assertThat(ingest.stop()).isIn(0, 143);
            for (ApiServerWebhook server : servers) {
                System.out.printf(
                        "%d events acknowledged, %d attempts failed, answers %s, slowest %d ms%n",
                        server.acknowledged.size(),
                        server.failures.get(),
                        server.answers,
                        TimeUnit.NANOSECONDS.toMillis(server.slowestAnswer.get()));
                assertThat(server.acknowledged).isNotEmpty();
                assertThat(server.dropped).isEmpty();
                assertThat(server.answers.keySet()).isSubsetOf(200, 503);
                assertThat(FaultsIT.lost(server, broker.bootstrap())).isEmpty();
            }
            System.out.printf("%d exchanges of certificate and token%n", exchanges);
        } finally {
            over.set(true);
            broker.close();
        }
    }

    private Path config(InProcessBroker broker, int webhook, int http) throws IOException {
        Files.writeString(folder.resolve("digest.key"), "a key that only tests have");
        return Files.writeString(
                folder.resolve("ingest.yaml"), """
                data: %1$s/data
                digestKeyFile: %1$s/digest.key
                http: {listen: "127.0.0.1:%2$d"}
                kafka: {bootstrap: "%3$s", topics: {replicas: 1, partitions: 3}}
                webhook:
                  listen: "127.0.0.1:%4$d"
                  reloadEvery: 1s
                  tls: {certificate: "%1$s/tls.crt", key: "%1$s/tls.key"}
                  clusters: [{name: prod, tokenFiles: ["%1$s/token"]}]
                delivery: {timeout: 5s}
                """.formatted(folder, http, broker.bootstrap(), webhook));
    }

    private static ApiServerWebhook server(Certificates authority, int port, int number) throws Exception {
        ApiServerWebhook server = new ApiServerWebhook(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(authority.context(null))
                        .build(),
                URI.create("https://localhost:" + port + "/audit/prod/master-" + number + "?timeout=30s"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
        server.startAt(number * 100_000_000);
        server.token = "token-number-0000000";
        return server;
    }

    private void load(ApiServerWebhook server) {
        try {
            while (!over.get()) {
                server.post(100, 400);
                TimeUnit.NANOSECONDS.sleep(BETWEEN_BATCHES.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void soak(IngestProcess ingest, Certificates authority, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            long killed = System.nanoTime();
            ingest.kill();
            ingest.start();
            await().atMost(PATIENCE).until(ingest::answers);
            exchangeCertificate(authority);
            exchangeToken();
            long left = killed + BETWEEN_KILLS.toNanos() - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, Math.min(left, end - System.nanoTime())));
        }
    }

    /** The key first and then its certificate, as somebody does who copies two files: for a moment they do not belong together. */
    private void exchangeCertificate(Certificates authority) throws Exception {
        authority.holder("localhost").writeTo(folder.resolve("next.crt"), folder.resolve("next.key"));
        move("next.key", "tls.key");
        move("next.crt", "tls.crt");
    }

    /** The new one beside the old one, then the senders show it, then the old one goes. */
    private void exchangeToken() throws Exception {
        String old = servers.get(0).token;
        String next = String.format("token-number-%07d", ++exchanges);
        write("token", old + "\n" + next);
        TimeUnit.SECONDS.sleep(3);
        servers.forEach(server -> server.token = next);
        TimeUnit.SECONDS.sleep(3);
        write("token", next);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".next"), text);
        move(name + ".next", name);
    }

    private void move(String from, String to) throws IOException {
        Files.move(
                folder.resolve(from),
                folder.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
