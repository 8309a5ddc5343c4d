package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTestCommandTest {
    private final List<String> came = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v2/alerts", exchange -> {
            try (exchange) {
                came.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.createContext("/closed", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(403, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private CommandLineRun run(String yaml) throws IOException {
        Path file = Files.writeString(
                directory.resolve("config.yaml"),
                yaml.replace("URL", "http://127.0.0.1:" + server.getAddress().getPort()));
        return CommandLineRun.of("alert-test", "--config", file.toString());
    }

    @Test
    void sendsOneHarmlessAlertAndSaysWhoTookIt() throws IOException {
        CommandLineRun run =
                run("{kafka: {bootstrap: x}, alerting: {alertmanagers: [{url: URL}], labels: {team: web}}}");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out()).contains("(127.0.0.1) took it, in ");
        assertThat(came)
                .singleElement()
                .asString()
                .contains("\"alertname\":\"PatchWarTest\"", "\"severity\":\"info\"", "\"team\":\"web\"", "\"endsAt\"");
    }

    @Test
    void saysWhatWasWrongWithThoseThatDidNot() throws IOException {
        CommandLineRun run = run("""
                alerting:
                  alertmanagers:
                    - url: URL
                    - url: URL/closed
                    - url: http://no-such-name.invalid:9093
                """);
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "(127.0.0.1) took it", "/closed (127.0.0.1) did NOT take it: HTTP 403", "cannot be looked up");
    }

    @Test
    void withoutAnAlertmanagerItSendsNothingAndSaysHowToNameOne() throws IOException {
        CommandLineRun run = run("alerting: {}");
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("names no Alertmanager", "stream-processor.example.yaml");
    }

    @Test
    void allThatIsWrongWithTheSectionIsSaid() throws IOException {
        CommandLineRun run = run("alerting: {alertmanagers: [{url: nowhere}], resend: 1s, rosend: 1m}");
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("alertmanagers[0].url", "alerting.resend", "rosend");
        assertThat(came).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        CommandLineRun run = CommandLineRun.of(
                "alert-test", "--config", directory.resolve("none").toString());
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("cannot be read");
    }
}
