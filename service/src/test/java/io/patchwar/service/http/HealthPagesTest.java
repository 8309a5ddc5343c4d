package io.patchwar.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.service.health.Check;
import io.patchwar.service.health.Health;
import io.patchwar.service.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthPagesTest {
    private volatile boolean kafka = true;

    @Test
    void isAliveButNotReadyWhileADependencyIsAway() throws Exception {
        Health health = new Health()
                .alive(() -> Check.ok("stream", "running"))
                .ready(() -> kafka ? Check.ok("kafka", "") : Check.failed("kafka", "no broker answers; waiting"));
        try (HttpFront front = new HttpFront(new HttpAddress("127.0.0.1", 0));
                Metrics metrics = new Metrics()) {
            HealthPages.addTo(front, health);
            metrics.addTo(front, health);
            metrics.registry().gauge("patchwar.test", 1);
            front.start();

            assertThat(get(front, "/readyz").statusCode()).isEqualTo(200);
            kafka = false;
            assertThat(get(front, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(front, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(front, "/readyz").body())
                    .isEqualTo("ok      stream: running\nFAILED  kafka: no broker answers; waiting\n");
            assertThat(get(front, "/metrics").body()).contains("patchwar_test 1.0");
            assertThat(get(front, "/elsewhere").statusCode()).isEqualTo(404);
            assertThat(probe(front, "/livez")).isEqualTo("0 ");
            assertThat(probe(front, "/readyz")).startsWith("1 ").contains("no broker answers");
        }
    }

    private static String probe(HttpFront front, String path) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = HealthProbe.probe(URI.create("http://127.0.0.1:" + front.port() + path), err);
        return status + " " + said.toString(StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> get(HttpFront front, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + front.port() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
