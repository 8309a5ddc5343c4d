package io.patchwar.processor.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.pressure.Measured;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as Prometheus does, or does not. */
class MeasuringTest {
    private static final long STAMP = 1_764_000_000L;
    private static final Instant NOW = Instant.ofEpochSecond(STAMP);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private volatile Instant now = NOW;
    private volatile Answer answer = query -> vector("1000");
    private HttpServer server;

    @TempDir
    private Path folder;

    private interface Answer {
        byte[] to(String query) throws Exception;
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/prefix/api/v1/query", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + query);
            byte[] body;
            try {
                body = answer.to(query);
            } catch (Exception e) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        stopped.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static byte[] vector(String value) {
        return ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":["
                        + STAMP + ",\"" + value + "\"]}]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Measuring measuring(Duration timeout, Path token) {
        PrometheusSettings usual = PrometheusSettings.NONE;
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prefix/");
        PrometheusSettings settings = new PrometheusSettings(
                url,
                token,
                Duration.ofSeconds(30),
                timeout,
                Duration.ofMinutes(5),
                "cluster",
                "quota",
                "size",
                usual.watchers());
        InstantSource clock = () -> now;
        return new Measuring(settings, registry, clock);
    }

    private double queries(String outcome) {
        return registry.get("patchwar.prometheus.queries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void knowsWhatPrometheusSaysUntilItIsStale() {
        answer = query -> vector(query.contains("quota") ? "2000" : "500");
        try (Measuring measuring = measuring(Duration.ofSeconds(20), null)) {
            assertThat(measuring.of("prod")).isEqualTo(Measured.NOTHING);

            measuring.ask();

            assertThat(measuring.of("prod").quotaBytes()).isEqualTo(2000L);
            assertThat(measuring.of("prod").inUseBytes()).isEqualTo(500L);
            assertThat(measuring.of("prod").at()).isEqualTo(NOW);
            assertThat(queries("answered")).isEqualTo(3);
            now = NOW.plus(Duration.ofMinutes(5));
            assertThat(measuring.of("prod").quotaBytes()).isEqualTo(2000L);
            now = NOW.plus(Duration.ofMinutes(5)).plusMillis(1);
            assertThat(measuring.of("prod")).isEqualTo(Measured.NOTHING);
        }
    }

    @Test
    void keepsWhatItKnowsWhilePrometheusIsAwayAndSaysSo() {
        try (Measuring measuring = measuring(Duration.ofSeconds(20), null)) {
            measuring.ask();
            answer = query -> {
                throw new IOException("away");
            };

            measuring.ask();

            assertThat(measuring.of("prod").quotaBytes()).isEqualTo(1000L);
            assertThat(queries("failed")).isEqualTo(1);
            assertThat(measuring.check().ok()).as("nothing waits for it").isTrue();
            assertThat(measuring.check().detail()).isEqualTo("FAILING: it answers 503");
        }
    }

    @Test
    void waitsNoLongerThanItMay() {
        answer = query -> {
            stopped.await();
            return vector("1");
        };
        try (Measuring measuring = measuring(Duration.ofMillis(200), null)) {
            measuring.ask();

            assertThat(measuring.check().detail()).isEqualTo("FAILING: no answer within 200 ms");
            assertThat(measuring.of("prod")).isEqualTo(Measured.NOTHING);
        }
    }

    @Test
    void takesNoAnswerThatIsTooLong() {
        answer = query -> new byte[9 << 20];
        try (Measuring measuring = measuring(Duration.ofSeconds(20), null)) {
            measuring.ask();

            assertThat(measuring.check().detail()).contains("the answer is longer than 8388608 bytes");
        }
    }

    @Test
    void showsATokenThatMayChange() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        try (Measuring measuring = measuring(Duration.ofSeconds(20), token)) {
            measuring.ask();
            Files.writeString(token, "second\n");
            measuring.ask();

            assertThat(asked).hasSize(6);
            assertThat(asked.get(0)).isEqualTo("Bearer first query=quota");
            assertThat(asked.get(5)).startsWith("Bearer second query=sum by (cluster, group, resource)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush\nhush", "hush\u2014", ""})
    void saysWhichFileHoldsNoTokenAndNotWhatItHolds(String text) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), text);
        try (Measuring measuring = measuring(Duration.ofSeconds(20), token)) {
            measuring.ask();

            assertThat(asked).isEmpty();
            assertThat(measuring.check().detail())
                    .startsWith("FAILING: " + token + " holds no ")
                    .doesNotContain("hush");
        }
        if (!text.endsWith("\u2014")) {
            assertProblem("bearerTokenFile: " + token, "bearerTokenFile: " + token + " holds no secret of one line");
        }
    }

    @Test
    void isOffUnlessSomebodyNamesAPrometheus() throws Exception {
        try (Measuring measuring = new Measuring(PrometheusSettings.NONE, registry, InstantSource.system())) {
            measuring.start();
            measuring.ask();

            assertThat(measuring.of("prod")).isEqualTo(Measured.NOTHING);
            assertThat(measuring.check().detail()).isEqualTo("not configured");
        }
        assertThat(settings("url: null")).isEqualTo(PrometheusSettings.NONE);
    }

    @Test
    void tellsWhatIsWrongWithItsSettings() {
        assertProblem("url: prometheus:9090", "url: must be a URL");
        assertProblem("url: http://user:hush@p:9090", "url: must be a URL");
        assertProblem("staleAfter: 29s", "staleAfter: must not be shorter than every, 30s");
        assertProblem(
                "bearerTokenFile: " + folder.resolve("none"),
                "bearerTokenFile: " + folder.resolve("none") + " does not exist");
        assertProblem("url: http://p:9090\nquery: up", "query: unknown key");
    }

    private static void assertProblem(String yaml, String problem) {
        try {
            settings(yaml);
        } catch (YamlProblems e) {
            assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith(problem)
                    .doesNotContain("hush");
            return;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing is wrong with " + yaml);
    }

    private static PrometheusSettings settings(String yaml) throws IOException, YamlProblems {
        YamlSection section = YamlSection.read(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.of(Map.of()));
        PrometheusSettings read = PrometheusSettings.read(section);
        section.finish();
        return read;
    }
}
