package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patchwar serve} as an operator meets it: processes, signals, addresses. */
class ServeIT {
    private static final String READY_AFTER = "ready after ([0-9.]+) s: ";
    private static final String READY =
            "ready after [0-9.]+ s: API on (\\S+), ingest on \\S+/audit/\\{cluster}, Kafka on ";
    private static final String INGEST = "ingest on (\\S+)\\{cluster}";
    private static final int INTERRUPTED = 130;
    /** Four times what is promised of two idle processors: the machine may not be idle. */
    private static final double READY_SECONDS = 60;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path data;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** As the README has it, but for what two of them on one machine could not share. */
    private PatchwarProcess serve() throws IOException {
        List<String> arguments = new ArrayList<>(ReadmeTest.service("serve"));
        arguments.set(arguments.indexOf("--data") + 1, data.toString());
        arguments.addAll(List.of("--http", "127.0.0.1:0", "--ingest", "127.0.0.1:0"));
        return PatchwarProcess.start(arguments.toArray(String[]::new));
    }

    private void postRecording(String ingest) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(URI.create(ingest + "shop"))
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofFile(Path.of(CommandLineRun.recording("metallb-chisel"))))
                .build();
        assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode() / 100)
                .isEqualTo(2);
    }

    private String get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<String> warIds(String page) {
        List<String> ids = new ArrayList<>();
        await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
            ids.clear();
            JsonNode wars = JSON.readTree(get(page + "api/v1/wars")).get("wars");
            wars.forEach(war -> ids.add(war.get("id").asText()));
            return ids.size() == 3;
        });
        return ids.stream().sorted().toList();
    }

    @Test
    void findsAWarKeepsItOverCtrlCAndOverAKillAndLeavesNoProcess() throws Exception {
        List<String> found;
        try (PatchwarProcess first = serve()) {
            String page = first.awaitWord(READY);
            assertThat(Double.parseDouble(first.awaitWord(READY_AFTER))).isLessThan(READY_SECONDS);
            postRecording(first.awaitWord(INGEST));
            found = warIds(page);
            assertThat(get(page + "readyz")).contains("ok      broker").doesNotContain("FAILED");
            assertThat(get(page + "metrics")).contains("patchwar_");
            List<ProcessHandle> children = first.children();
            assertThat(children).hasSize(1);

            first.interruptAll();

            assertThat(first.awaitEnd()).isEqualTo(INTERRUPTED);
            PatchwarProcess.awaitGone(children);
            assertThat(first.said())
                    .containsSubsequence("patchwar: stopping", "patchwar: stopped")
                    .doesNotContain("did not stop in order")
                    .doesNotContain("the broker ended");
        }
        try (PatchwarProcess second = serve()) {
            assertThat(warIds(second.awaitWord(READY))).isEqualTo(found);
            List<ProcessHandle> children = second.children();

            second.kill();

            PatchwarProcess.awaitGone(children);
        }
        try (PatchwarProcess third = serve()) {
            assertThat(warIds(third.awaitWord(READY))).isEqualTo(found);
        }
    }

    @Test
    void saysWhatIsInTheWay() throws Exception {
        try (PatchwarProcess first = serve()) {
            String page = first.awaitWord(READY);
            String taken = page.substring("http://".length(), page.length() - 1);

            try (PatchwarProcess sameData = serve()) {
                assertThat(sameData.awaitEnd()).isEqualTo(2);
                assertThat(sameData.said()).contains("in use by another patchwar", "data directory of its own");
            }
            try (PatchwarProcess samePort = PatchwarProcess.start(
                    "serve", "--data", data.resolve("other").toString(), "--http", taken, "--ingest", "127.0.0.1:0")) {
                assertThat(samePort.awaitEnd()).isEqualTo(2);
                assertThat(samePort.said()).contains("cannot listen on " + taken, "--http");
                PatchwarProcess.awaitGone(samePort.children());
            }
        }
    }
}
