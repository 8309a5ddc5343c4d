package io.patchwar.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.ingest.Recordings;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.http.HttpAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {
    static final String EVENT =
            "{\"level\":\"Metadata\",\"auditID\":\"id-%s\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/x\",\"verb\":\"update\",\"user\":{\"username\":\"u\"},\"objectRef\":{\"resource\":\"services\",\"namespace\":\"ns\",\"name\":\"web\"},\"responseStatus\":{\"code\":200},\"requestReceivedTimestamp\":\"2026-11-24T05:00:00.000000Z\",\"stageTimestamp\":\"2026-11-24T05:00:00.100000Z\"}";

    private final CollectedRecords records = new CollectedRecords();
    private final HttpClient client = HttpClient.newHttpClient();
    private Webhook webhook;

    @BeforeEach
    void start() throws IOException {
        WebhookLimits limits = new WebhookLimits(
                1 << 20, 4 << 20, 64, 8 << 10, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20));
        webhook = Webhook.of(
                new WebhookConfig(new HttpAddress("127.0.0.1", 0), null, List.of(), limits, Duration.ofSeconds(10)),
                records.pipeline(),
                new IngestMetrics(records.meters));
        webhook.start();
    }

    @AfterEach
    void stop() {
        webhook.close();
    }

    @Test
    void takesAListOfEventsAndAnswersWhenTheyAreDurable() throws Exception {
        HttpResponse<String> answer = post("/audit/prod?timeout=30s", list(EVENT.formatted(1), EVENT.formatted(2)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(records.records).hasSize(2).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo(TopicName.AUDIT_EVENTS);
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("prod//services/ns/web");
            assertThat(record.source()).isEqualTo("127.0.0.1");
        });
        assertThat(records.heard)
                .singleElement()
                .satisfies(heard -> assertThat(heard.ordered()).isFalse());
    }

    @Test
    void letsTheKubeconfigNameTheServer() throws Exception {
        post("/audit/prod/master-1?timeout=30s", list(EVENT.formatted(1)));

        assertThat(records.records).extracting(OutRecord::source).containsExactly("master-1");
    }

    @ParameterizedTest
    @CsvSource({"array", "single", "lines", "gzip"})
    void takesOtherFormsToo(String form) throws Exception {
        String one = EVENT.formatted(1);
        HttpResponse<String> answer = switch (form) {
            case "array" -> post("/audit/c", "[" + one + "," + one + "]");
            case "single" -> post("/audit/c", one);
            case "lines" -> post("/audit/c", one + "\n" + one + "\n");
            default -> send(request("/audit/c", gzip(list(one, one))).header("Content-Encoding", "gzip"));
        };

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(records.records).hasSize(form.equals("single") ? 1 : 2);
    }

    @Test
    void deadLettersABadItemAndTakesTheGoodOnes() throws Exception {
        HttpResponse<String> answer = post(
                "/audit/c",
                list(
                        EVENT.formatted(1),
                        "{\"auditID\":\"x\" \"verb\":1}",
                        "7",
                        "{\"kind\":\"Pod\"}",
                        EVENT.formatted(2)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(records.records)
                .filteredOn(r -> r.topic() == TopicName.AUDIT_EVENTS)
                .hasSize(2);
        assertThat(records.records)
                .filteredOn(r -> r.topic() == TopicName.DEAD_LETTERS)
                .hasSize(3);
        assertThat(records.count(IngestMetrics.EVENTS, "outcome", "accepted")).isEqualTo(2);
        assertThat(records.count(IngestMetrics.EVENTS, "outcome", "rejected")).isEqualTo(3);
        assertThat(records.count(IngestMetrics.REJECTED)).isEqualTo(3);
    }

    @Test
    void asksTheSenderToComeAgainWhileNothingCanBeMadeDurable() throws Exception {
        records.refuse(Reason.SPOOL_FULL);

        HttpResponse<String> answer = post("/audit/c", list(EVENT.formatted(1)));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(records.count(IngestMetrics.NOT_DURABLE, "reason", "spool-full"))
                .isEqualTo(1);
        assertThat(records.heard).isEmpty();
        assertThat(records.refused)
                .singleElement()
                .satisfies(origin -> assertThat(origin.source()).isEqualTo("127.0.0.1"));
        records.refuse(null);
        assertThat(post("/audit/c", list(EVENT.formatted(1))).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /audit/c, 405",
        "POST, /audit/, 404",
        "POST, /elsewhere, 404",
        "POST, /audit/a/b/c, 404",
        "POST, /audit/a%2Fb, 400",
        "POST, /audit/..%2e, 404"
    })
    void refusesWhatIsNoPost(String method, String path, int status) throws Exception {
        HttpResponse<String> answer =
                send(request(path, new byte[0]).method(method, HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void refusesABodyThatIsTooLargeAndTakesOneThatIsNot() throws Exception {
        String padding = " ".repeat((1 << 20) - EVENT.formatted(1).length());

        assertThat(post("/audit/c", EVENT.formatted(1) + padding).statusCode()).isEqualTo(200);
        HttpResponse<String> answer = post("/audit/c", EVENT.formatted(1) + padding + " ");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("--audit-webhook-truncate-enabled");
        assertThat(records.count(IngestMetrics.REQUESTS, "code", "413")).isEqualTo(1);
    }

    @Test
    void doesNotUnpackABomb() throws Exception {
        byte[] bomb = gzip("{\"items\":[" + " ".repeat(40 << 20));

        HttpResponse<String> answer = send(request("/audit/c", bomb).header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(records.meters.get(IngestMetrics.BUFFERED_BYTES).gauge().value())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"gzip, 400", "br, 415"})
    void refusesWhatItCannotUnpack(String encoding, int status) throws Exception {
        assertThat(send(request("/audit/c", "{}".getBytes(StandardCharsets.UTF_8))
                                .header("Content-Encoding", encoding))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void refusesAGzipThatEndsInTheMiddle() throws Exception {
        byte[] whole = gzip(list(EVENT.formatted(1)));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length - 3);

        assertThat(send(request("/audit/c", half).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void takesRealBodiesAsTheyWerePosted() throws Exception {
        int posted = 0;
        for (byte[] body : Recordings.lines("webhook-bodies")) {
            assertThat(send(request("/audit/c", body)).statusCode()).isEqualTo(200);
            posted++;
        }

        assertThat(posted).isPositive();
        assertThat(records.count(IngestMetrics.EVENTS, "outcome", "rejected")).isZero();
        assertThat(records.count(IngestMetrics.EVENTS, "outcome", "accepted")).isEqualTo(records.records.size());
    }

    static String list(String... events) {
        return "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
                + String.join(",", events) + "]}";
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path, body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder request(String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webhook.port() + path))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
