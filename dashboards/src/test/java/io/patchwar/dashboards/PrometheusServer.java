package io.patchwar.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A real Prometheus on loopback. */
final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Running process;
    private final URI address;

    private PrometheusServer(Running process, URI address) {
        this.process = process;
        this.address = address;
    }

    static PrometheusServer start(Path folder, String config) throws IOException {
        Tool prometheus = Tool.named("prometheus", "prometheus");
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        int port = Running.port();
        Running process = Running.start(
                folder.resolve("prometheus.log"),
                List.of(
                        prometheus.program().toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port));
        PrometheusServer server = new PrometheusServer(process, URI.create("http://127.0.0.1:" + port));
        process.awaitOk(server.address.resolve("/-/ready"), Duration.ofSeconds(60));
        return server;
    }

    URI address() {
        return address;
    }

    /** The series that a query gives now; a query that is refused fails the test. */
    JsonNode query(String expr) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + encoded(expr)).path("result");
    }

    /** The series that a query gave in that span, as a panel asks for them. */
    JsonNode query(String expr, Instant from, Instant to) throws IOException, InterruptedException {
        return get("/api/v1/query_range?query=" + encoded(expr) + "&start=" + from + "&end=" + to + "&step=3")
                .path("result");
    }

    /** What of the path stands under {@code data}. */
    JsonNode get(String path) throws IOException, InterruptedException {
        String body = Running.get(address.resolve(path)).body();
        JsonNode answer = JSON.readTree(body);
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(path + " was refused: " + body);
        }
        return answer.path("data");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
