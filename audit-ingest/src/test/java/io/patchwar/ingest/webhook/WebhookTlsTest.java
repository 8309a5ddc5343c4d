package io.patchwar.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.service.tls.Certificates;
import io.patchwar.service.tls.Certificates.Holder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROD = "token-of-production";
    private static final String STAGE = "token-of-the-stage";
    private static final String BODY = WebhookTest.list(WebhookTest.EVENT.formatted(1));

    @TempDir
    private Path folder;

    private final CollectedRecords records = new CollectedRecords();
    private Certificates authority;
    private Webhook webhook;

    @BeforeEach
    void start() throws Exception {
        authority = new Certificates();
        authority.holder("localhost").writeTo(file("tls.crt"), file("tls.key"));
        authority.writeRoot(file("ca.crt"));
        Files.writeString(file("prod"), "# tokens\n" + PROD + "\n");
        Files.writeString(file("stage"), STAGE);
        TlsConfig tls = new TlsConfig(file("tls.crt"), file("tls.key"), file("ca.crt"), false);
        List<ClusterAccess> clusters = List.of(
                new ClusterAccess("prod", List.of(file("prod")), List.of("*.prod.example.com"), false),
                new ClusterAccess("stage", List.of(file("stage")), List.of(), false),
                new ClusterAccess("strict", List.of(file("prod")), List.of("strict"), true));
        webhook = Webhook.of(
                new WebhookConfig(
                        new HttpAddress("127.0.0.1", 0), tls, clusters, WebhookLimits.DEFAULT, Duration.ofMillis(100)),
                records.pipeline(),
                new IngestMetrics(records.meters));
        webhook.start();
    }

    @AfterEach
    void stop() {
        webhook.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "prod, token-of-production, -, 200",
                "prod, token-of-the-stage, -, 403",
                "prod, token-of-nobody-known, -, 401",
                "prod, -, -, 401",
                "prod, -, master-1.prod.example.com, 200",
                "prod, -, master-1.stage.example.com, 401",
                "stage, token-of-the-stage, -, 200",
                "stage, -, master-1.prod.example.com, 403",
                "absent, token-of-production, -, 403",
                "strict, token-of-production, -, 403",
                "strict, -, strict, 401",
                "strict, token-of-production, strict, 200"
            })
    void letsInWhoMay(String cluster, String token, String certificate, int status) throws Exception {
        Holder holder = certificate == null ? null : authority.holder(certificate);

        HttpResponse<String> answer = post(client(holder), cluster, token);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(records.count(IngestMetrics.REQUESTS, "code", String.valueOf(status)))
                .isEqualTo(1);
        assertThat(answer.body())
                .contains(
                        switch (status) {
                            case 200 -> "ok";
                            case 401 -> "no client certificate or bearer token that is known here";
                            default -> cluster.equals("absent") ? "no such cluster" : "of another cluster";
                        });
        assertThat(records.records).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void answersOthersWhileManyNeverFinishTheirHandshake() throws Exception {
        List<Socket> held = new ArrayList<>();
        try {
            // More than there are threads; a handshake's first byte, and then nothing.
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), webhook.port());
                held.add(socket);
                socket.getOutputStream().write(0x16);
            }

            assertThat(post(client(null), "prod", PROD).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void believesNoCertificateOfAnotherAuthority() throws Exception {
        Holder stranger = new Certificates().holder("master-1.prod.example.com");
        HttpClient client = client(stranger);

        assertThatThrownBy(() -> post(client, "prod", PROD)).isInstanceOf(IOException.class);
    }

    @Test
    void exchangesCertificateAndTokensUnderLoadWithoutAFailedRequest() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger posted = new AtomicInteger();
        HttpClient kept = client(null);
        List<CompletableFuture<Void>> load = List.of(
                CompletableFuture.runAsync(() -> load(kept, over, posted)),
                CompletableFuture.runAsync(() -> load(null, over, posted)));
        Holder next = authority.holder("localhost");
        assertThat(shown()).isNotEqualTo(next.certificate());

        Files.writeString(file("prod"), PROD + "\nanother-token-of-production\n");
        next.writeTo(file("tls.crt"), file("tls.key"));

        await().atMost(PATIENCE).until(() -> shown().equals(next.certificate()));
        await().atMost(PATIENCE)
                .until(() -> post(client(null), "prod", "another-token-of-production")
                                .statusCode()
                        == 200);
        int before = posted.get();
        await().atMost(PATIENCE).until(() -> posted.get() > before + 5);
        over.set(true);
        for (CompletableFuture<Void> one : load) {
            one.join();
        }
    }

    @Test
    void keepsTheOldPairWhileTheNewOneIsNotWhole() throws Exception {
        X509Certificate old = shown();
        Holder next = authority.holder("localhost");
        Files.writeString(file("tls.crt"), Certificates.pem(next.certificate()));

        await().atMost(PATIENCE).until(() -> records.count(IngestMetrics.RELOADS, "outcome", "failed") > 0);
        assertThat(shown()).isEqualTo(old);
        assertThat(webhook.check().detail()).contains("is not the key of the certificate");
        Files.writeString(file("tls.key"), Certificates.pem(next.keys().getPrivate()));

        await().atMost(PATIENCE).until(() -> shown().equals(next.certificate()));
        await().atMost(PATIENCE).until(() -> !webhook.check().detail().contains("old tokens"));
    }

    @Test
    void noLongerLetsInWhoseTokenWasTakenAway() throws Exception {
        Files.writeString(file("prod"), "quite-another-token\n");

        await().atMost(PATIENCE).until(() -> post(client(null), "prod", PROD).statusCode() == 401);
    }

    @Test
    void doesNotBeginWithAFileThatCannotBeUsed() {
        TlsConfig tls = new TlsConfig(file("tls.crt"), file("absent"), null, false);

        assertThatThrownBy(() -> WebhookTls.of(tls))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent does not exist");
    }

    private void load(HttpClient client, AtomicBoolean over, AtomicInteger posted) {
        while (!over.get()) {
            try {
                HttpClient used = client == null ? client(null) : client;
                assertThat(post(used, "prod", PROD).statusCode()).isEqualTo(200);
                posted.incrementAndGet();
            } catch (Exception e) {
                throw new AssertionError("a request failed", e);
            }
        }
    }

    /** The certificate that a new connection is shown. */
    private X509Certificate shown() throws Exception {
        return (X509Certificate)
                post(client(null), "prod", PROD).sslSession().orElseThrow().getPeerCertificates()[0];
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private HttpClient client(Holder holder) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(authority.context(holder))
                .build();
    }

    private HttpResponse<String> post(HttpClient client, String cluster, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + webhook.port() + "/audit/" + cluster + "?timeout=30s"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(BODY));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
