package io.patchwar.processor.investigation;

import static io.patchwar.processor.WarBuilder.START;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchwar.model.Contender;
import io.patchwar.model.Severity;
import io.patchwar.model.WarClass;
import io.patchwar.model.wire.ClusterLoad.WantOfRoom;
import io.patchwar.pressure.ClusterPressure;
import io.patchwar.processor.WarBuilder;
import io.patchwar.processor.board.BoardReader.Restore;
import io.patchwar.processor.board.BoardView;
import io.patchwar.processor.board.ClusterStanding;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.service.http.HttpFront;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMA = Path.of("..", "docs", "schema", "patchwar.io-v1.schema.json");

    private final HttpFront front = new HttpFront(new HttpAddress("127.0.0.1", 0));
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile BoardView view;
    private volatile Restore restore = new Restore(0, 0, true);

    @BeforeAll
    void start() throws IOException {
        new WarApi(() -> view, () -> restore, () -> new InputSeen(90, Map.of("read", 7L), Map.of("not-json", 3L)))
                .addTo(front);
        front.start();
    }

    @BeforeEach
    void someWars() {
        restore = new Restore(0, 0, true);
        show(
                war("a"),
                war("b").named("b").severity(Severity.CRITICAL).in("staging"),
                war("c").on("prod-eu", "", "nodes", "", "n1")
                        .of(WarClass.HOT_LOOP)
                        .severity(Severity.INFO)
                        .between(new Contender("kubelet", "kubelet", List.of(), 90, 0, Map.of())),
                war("d").named("d").ended(),
                war("e").named("e").muted("the object's annotation"));
    }

    @AfterAll
    void stop() {
        front.close();
    }

    private void show(WarBuilder... wars) {
        ClusterPressure none =
                ClusterPressure.of(START, List.of(), List.of(), null, io.patchwar.pressure.PressureConfig.DEFAULT);
        ClusterStanding heard = new ClusterStanding(
                START, START.plusSeconds(60), START.plusSeconds(61), true, none, new WantOfRoom(3, 2, 1));
        ClusterStanding unheard = new ClusterStanding(null, START, START, false, none, WantOfRoom.NONE);
        view = new BoardView(
                7,
                Arrays.stream(wars).map(WarBuilder::standing).toList(),
                List.of(),
                Map.of("prod-eu", heard, "staging", unheard));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<String> ids(String path, String list) throws IOException, InterruptedException {
        return ids(JSON.readTree(get(path).body()).path(list));
    }

    /** Of the list's own items: a remedy within one has an id, too. */
    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
    }

    @Test
    void theListIsTheScansDocument() throws Exception {
        HttpResponse<String> response = get("/api/v1/wars");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode said = JSON.readTree(response.body());
        assertThat(schema().validate(said)).isEmpty();
        assertThat(ids(said.path("wars"))).containsExactly("a", "b", "d");
        assertThat(ids(said.path("findings"))).containsExactly("c");
        assertThat(ids(said.path("muted"))).containsExactly("e");
        assertThat(said.at("/conflicts/0/wars")).hasSize(2);
        assertThat(said.at("/input/read").asLong()).isEqualTo(100);
        assertThat(said.at("/sight/prod-eu/heard").asBoolean()).isTrue();
        assertThat(said.at("/sight/staging/heard").asBoolean()).isFalse();
        assertThat(said.at("/sight/prod-eu/evicted").asLong()).isEqualTo(3);
        assertThat(said.at("/sight/prod-eu/judgedEarly").asLong()).isEqualTo(2);
        assertThat(said.at("/sight/prod-eu/forgotten").asLong()).isEqualTo(1);
        assertThat(said.at("/wars/0/lifecycle").asText()).isEqualTo("ongoing");
    }

    @Test
    void anEmptyBoardFitsTheSchemaToo() throws Exception {
        view = BoardView.EMPTY;
        JsonNode said = JSON.readTree(get("/api/v1/wars").body());
        assertThat(schema().validate(said)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "severity=critical|wars|b",
                "severity=critical,warning|wars|a b d",
                "state=ended|wars|d",
                "cluster=staging|wars|b",
                "resource=deployments|wars|a b d",
                "resource=deployments.apps&state=ongoing|wars|a b",
                "resource=deployments.extensions|wars|",
                "namespace=shop|findings|",
                "namespace=|findings|c",
                "class=hot-loop&class=order|findings|c",
            })
    void filtersChooseWhatIsShown(String query, String list, String ids) throws Exception {
        assertThat(ids("/api/v1/wars?" + query, list))
                .isEqualTo(ids == null ? List.of() : Arrays.asList(ids.split(" ", -1)));
    }

    @Test
    void conflictsAndSightFollowTheFilter() throws Exception {
        JsonNode said = JSON.readTree(get("/api/v1/wars?cluster=staging").body());
        assertThat(said.path("conflicts")).isEmpty();
        assertThat(said.path("sight").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("staging");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clas=x|class",
                "severity=urgent|warning",
                "state=|ongoing",
                "class=tug-of-wa|tug-of-war",
            })
    void whatIsNotKnownIsRefusedWithWhatIs(String query, String known) throws Exception {
        HttpResponse<String> response = get("/api/v1/wars?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(response.body()).path("known"))
                .anyMatch(k -> k.asText().equals(known));
    }

    @Test
    void oneWarIsGivenByItsId() throws Exception {
        JsonNode said = JSON.readTree(get("/api/v1/wars/b").body());
        assertThat(said.path("severity").asText()).isEqualTo("critical");
        assertThat(said.path("heard").asBoolean()).isTrue();
        JsonNode document = JSON.readTree(get("/api/v1/wars?cluster=staging").body());
        assertThat(document.at("/wars/0")).isEqualTo(said);
    }

    @Test
    void anUnknownIdSaysWhyThatMayBe() throws Exception {
        HttpResponse<String> response = get("/api/v1/wars/0123");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(response.body()).path("detail").asText()).contains("0123", "kept", "withdrawn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/wars", "/api/v1/wars/a", "/api/v1/conflicts"})
    void whileItRestoresItSaysHowFarItIs(String path) throws Exception {
        view = null;
        restore = new Restore(63, 100, false);
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(JSON.readTree(response.body()).path("detail").asText()).contains("63 %");
    }

    @Test
    void whatTheAskerHasIsNotSentAgain() throws Exception {
        String etag = get("/api/v1/wars").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = get("/api/v1/wars", "If-None-Match", "\"other\", " + etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void anotherQuestionOrAnotherBoardIsAnotherAnswer() throws Exception {
        String etag = get("/api/v1/wars").headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/v1/wars?state=ended", "If-None-Match", etag).statusCode())
                .isEqualTo(200);
        view = new BoardView(8, view.standings(), List.of(), view.clusters());
        assertThat(get("/api/v1/wars", "If-None-Match", etag).statusCode()).isEqualTo(200);
    }

    @Test
    void conflictsAreListed() throws Exception {
        view = new BoardView(
                9,
                view.standings(),
                List.of(io.patchwar.processor.board.CommonCause.among(
                                List.of(war("a").build(), war("d").named("d").build()))
                        .get(0)
                        .conflict()),
                view.clusters());
        assertThat(JSON.readTree(get("/api/v1/conflicts").body())
                        .at("/conflicts/0/wars/1")
                        .asText())
                .isEqualTo("d");
        assertThat(ids("/api/v1/conflicts?cluster=staging", "conflicts")).isEmpty();
    }

    @Test
    void hostileTextIsDataAndNothingElse() throws Exception {
        String evil = "</script><img src=x onerror=alert(1)>\u001b[2J\ud800\u2028\"\\";
        show(war("a").between(new Contender(evil, evil, List.of(evil), 1, 1, Map.of(evil, List.of(evil))))
                .on("prod-eu", "", "services", "shop", evil));
        HttpResponse<String> response = get("/api/v1/wars");
        JsonNode said = JSON.readTree(response.body());
        assertThat(schema().validate(said)).isEmpty();
        assertThat(response.body()).doesNotContain("\u001b");
        assertThat(said.at("/wars/0/object/name").asText()).contains("onerror=alert(1)");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
        assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + "/api/v1/wars"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> response = client.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void theFrontPageSaysWhereToLook() throws Exception {
        assertThat(get("/").body()).contains("/api/v1/wars", "/metrics");
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/wars/%2e%2e").statusCode()).isIn(400, 404);
    }
}
