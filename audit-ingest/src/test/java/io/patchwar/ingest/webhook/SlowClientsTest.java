package io.patchwar.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.service.http.HttpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that only want to keep others out, and good ones beside them. */
class SlowClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 32;

    private final CollectedRecords records = new CollectedRecords();
    private final List<Socket> sockets = new ArrayList<>();
    private Webhook webhook;

    @BeforeEach
    void start() throws IOException {
        WebhookLimits limits = new WebhookLimits(
                1 << 20, 2 << 20, CONNECTIONS, 4 << 10, Duration.ofSeconds(1), Duration.ofSeconds(30), PATIENCE);
        webhook = Webhook.of(
                new WebhookConfig(new HttpAddress("127.0.0.1", 0), null, List.of(), limits, PATIENCE),
                records.pipeline(),
                new IngestMetrics(records.meters));
        webhook.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        webhook.close();
    }

    @Test
    void answersOthersWhileMoreConnectionsAreHeldOpenThanThereMayBe() throws Exception {
        for (int i = 0; i < 3 * CONNECTIONS; i++) {
            send("POST /audit/c HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        }

        assertThat(post(WebhookTest.list(WebhookTest.EVENT.formatted(1)))).isEqualTo(200);
        assertThat(records.count(IngestMetrics.SLOW_CONNECTIONS)).isPositive();
    }

    @Test
    void closesAConnectionWhoseHeadComesByteByByte() throws Exception {
        Socket socket = send("POST /audit/c HTTP/1.1\r\n");

        await().atMost(PATIENCE).until(() -> {
            try {
                socket.getOutputStream().write('X');
                return records.count(IngestMetrics.SLOW_CONNECTIONS) > 0;
            } catch (IOException e) {
                return true;
            }
        });
        assertThat(records.count(IngestMetrics.SLOW_CONNECTIONS)).isEqualTo(1);
    }

    @Test
    void leavesAnIdleConnectionOpenThatWasOfUse() throws Exception {
        String body = WebhookTest.EVENT.formatted(1);
        String request = "POST /audit/c HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        Socket socket = send(request);
        assertThat(status(socket)).startsWith("HTTP/1.1 200");
        // Another one is closed for being slow, meanwhile.
        send("POST /audit/c HTTP/1.1\r\n");
        await().atMost(PATIENCE).until(() -> records.count(IngestMetrics.SLOW_CONNECTIONS) == 1);

        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(status(socket)).startsWith("HTTP/1.1 200");
    }

    @Test
    void waitsForASlowBodyWithoutKeepingAThread() throws Exception {
        byte[] body = WebhookTest.list(WebhookTest.EVENT.formatted(1)).getBytes(StandardCharsets.UTF_8);
        List<Socket> slow = new ArrayList<>();
        // More than there are threads.
        for (int i = 0; i < CONNECTIONS - 4; i++) {
            slow.add(send("POST /audit/slow HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n{"));
        }

        assertThat(post(WebhookTest.list(WebhookTest.EVENT.formatted(2)))).isEqualTo(200);
        for (Socket socket : slow) {
            socket.getOutputStream().write(body, 1, body.length - 1);
        }
        for (Socket socket : slow) {
            assertThat(status(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(records.records).hasSize(1 + slow.size());
    }

    @Test
    void refusesAHeadThatIsTooLarge() throws Exception {
        Socket socket = send("POST /audit/c HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(8 << 10) + "\r\n\r\n");

        assertThat(status(socket))
                .startsWith("HTTP/1.1 431")
                .contains("the head of a request may have " + (4 << 10) + " bytes");
        assertThat(records.count(IngestMetrics.REQUESTS, "code", "431")).isEqualTo(1);
        assertThat(post(WebhookTest.EVENT.formatted(1))).isEqualTo(200);
    }

    @Test
    void answersOthersSoonWhileManySendHeadersWithoutEnd() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        byte[] header = ("X-Flood: " + "y".repeat(200) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        List<CompletableFuture<Void>> floods = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            floods.add(CompletableFuture.runAsync(() -> flood(header, over), task -> new Thread(task).start()));
        }
        try {
            await().atMost(PATIENCE).until(() -> records.count(IngestMetrics.REQUESTS, "code", "431") > 20);
            for (int i = 0; i < 20; i++) {
                long begun = System.nanoTime();
                assertThat(post(WebhookTest.list(WebhookTest.EVENT.formatted(i))))
                        .isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            }
        } finally {
            over.set(true);
        }
        floods.forEach(CompletableFuture::join);
        assertThat(records.records).hasSize(20);
    }

    private void flood(byte[] header, AtomicBoolean over) {
        while (!over.get()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), webhook.port())) {
                socket.getOutputStream().write("POST /audit/c HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                while (!over.get()) {
                    socket.getOutputStream().write(header);
                }
            } catch (IOException e) {
                // It was refused and closed: on with the next.
            }
        }
    }

    @Test
    void takesABodyOnlyIfThereIsRoomForItAmongTheOthers() throws Exception {
        byte[] half = new byte[900_000];
        java.util.Arrays.fill(half, (byte) ' ');
        List<Socket> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Socket socket = send("POST /audit/c HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
            socket.getOutputStream().write(half);
            held.add(socket);
        }
        await().atMost(PATIENCE)
                .until(() ->
                        records.meters.get(IngestMetrics.BUFFERED_BYTES).gauge().value() >= 1_800_000);

        assertThat(post(WebhookTest.EVENT.formatted(1) + " ".repeat(900_000))).isEqualTo(503);
        for (Socket socket : held) {
            socket.close();
        }
        await().atMost(PATIENCE)
                .until(() ->
                        records.meters.get(IngestMetrics.BUFFERED_BYTES).gauge().value() == 0);
        assertThat(post(WebhookTest.EVENT.formatted(1) + " ".repeat(900_000))).isEqualTo(200);
        assertThat(records.count(IngestMetrics.BROKEN)).isEqualTo(2);
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), webhook.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The first bytes of the answer, the rest of which is passed over as far as it has come. */
    private static String status(Socket socket) throws IOException {
        byte[] b = new byte[4_096];
        int n = socket.getInputStream().read(b);
        return new String(b, 0, Math.max(n, 0), StandardCharsets.US_ASCII);
    }

    private int post(String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webhook.port() + "/audit/good"))
                                .timeout(PATIENCE)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
