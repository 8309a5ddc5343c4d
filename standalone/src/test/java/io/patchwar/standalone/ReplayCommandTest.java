package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patchwar.standalone.demo.ReplayRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
    private static final Path RECORDING = Path.of("..", "recordings", "metallb-chisel.jsonl.gz");

    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicInteger posts = new AtomicInteger();
    private HttpServer ingest;

    @BeforeEach
    void startAnIngestThatRefusesTheFirstBatch() throws Exception {
        ingest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ingest.createContext("/audit/demo", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refused = posts.getAndIncrement() == 0;
            if (!refused) {
                lines.addAndGet((int) body.lines().count());
            }
            exchange.sendResponseHeaders(refused ? 503 : 200, -1);
            exchange.close();
        });
        ingest.start();
    }

    @AfterEach
    void stop() {
        ingest.stop(0);
    }

    @Test
    void sendsEveryEventOfTheRecordingUntilItIsAcknowledged() throws Exception {
        StringWriter said = new StringWriter();
        var wishes = new ReplayRun.Wishes(RECORDING, URI.create(url("/audit/demo")), null, null, 1_000);

        new ReplayRun(new PrintWriter(said, true), InstantSource.system()).run(wishes);

        assertThat(lines).hasValue(1_734);
        assertThat(said.toString()).contains("1734 events were acknowledged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/audit/demo", "http://127.0.0.1:1/", "http://127.0.0.1:1/audit/", "://"})
    void saysWhatAnIngestLooksLike(String url) {
        var run = CommandLineRun.of("replay", "--to", url, RECORDING.toString());

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("--to");
    }

    @Test
    void sendsNoTokenInTheClear() {
        var run =
                CommandLineRun.of("replay", "--to", url("/audit/demo"), "--token-file", "token", RECORDING.toString());

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("over https only");
        assertThat(posts).hasValue(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + ingest.getAddress().getPort() + path;
    }
}
