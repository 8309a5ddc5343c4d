package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.patchwar.dashboards.Dashboard.Query;
import io.patchwar.dashboards.Tool.Outcome;
import io.patchwar.standalone.demo.ReplayRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All of it for real: `patchwar serve` hears the recorded war and its end, Prometheus scrapes it, Alertmanager is told, and every
 * query that ships is asked as Grafana asks it: over the span of the war. etcd's and the API server's own metrics come from
 * recorded scrapes. Nothing is exempt from giving data: what a quiet service would not show is made to happen.
 */
class LiveStackIT {
    private static final Path RECORDING = Path.of("..", "recordings", "metallb-chisel.jsonl.gz");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SCRAPES = Duration.ofSeconds(30);
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    @TempDir
    private static Path folder;

    private static final List<AutoCloseable> open = new ArrayList<>();
    private static PrometheusServer prometheus;
    private static URI alertmanager;
    private static Instant began;
    private static URI serveAddress;
    private static List<JsonNode> alerts = List.of();

    @BeforeAll
    static void fightTheRecordedWar() throws Exception {
        int scrapes = serveScrapes();
        int am = Running.port();
        alertmanager = URI.create("http://127.0.0.1:" + am);
        Running told = Running.start(
                folder.resolve("alertmanager.log"),
                List.of(
                        Tool.named("prometheus-alertmanager", "prometheus-alertmanager")
                                .program()
                                .toString(),
                        "--config.file=alertmanager/alertmanager.yml",
                        "--storage.path=" + folder.resolve("am"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + am));
        open.add(told);
        told.awaitOk(alertmanager.resolve("/-/ready"), PATIENCE);
        int http = Running.port();
        serveAddress = URI.create("http://127.0.0.1:" + http);
        int ingest = Running.port();
        prometheus = PrometheusServer.start(folder, """
                global: {scrape_interval: 3s, scrape_timeout: 3s, evaluation_interval: 3s}
                scrape_configs:
                  - job_name: patchwar-processor
                    static_configs: [{targets: ["127.0.0.1:%1$d"]}]
                  - job_name: etcd
                    metrics_path: /etcd
                    static_configs: [{targets: ["127.0.0.1:%2$d"]}]
                  - job_name: apiserver
                    metrics_path: /apiserver
                    static_configs: [{targets: ["127.0.0.1:%2$d"]}]
                """.formatted(http, scrapes));
        open.add(prometheus);
        Running serve = serve(http, ingest);
        open.add(serve);
        serve.awaitOk(URI.create("http://127.0.0.1:" + http + "/readyz"), PATIENCE);
        began = Instant.now();
        URI audit = URI.create("http://127.0.0.1:" + ingest + "/audit/demo");
        sendGarbage(audit);
        awaitSeries("the cluster is heard", "patchwar_wars_started_total{cluster=\"demo\"}");
        new ReplayRun(new PrintWriter(System.err, true, StandardCharsets.UTF_8), InstantSource.system())
                .run(new ReplayRun.Wishes(RECORDING, audit, null, null, 2));
        Awaitility.await("three critical wars, as etcd's quota, which Prometheus told, has it")
                .atMost(PATIENCE)
                .until(() -> {
                    alerts = firing();
                    return alerts.stream().filter(LiveStackIT::isCritical).count() == 3;
                });
        awaitSeries("a war in Prometheus", "patchwar_active_wars{class=\"tug-of-war\"} > 0");
        awaitSeries("its end", "increase(patchwar_wars_ended_total{class=\"tug-of-war\"}[30s]) > 0");
    }

    /** Wars that end soon; and etcd's quota and size are asked of Prometheus. */
    private static Running serve(int http, int ingest) throws IOException {
        Path config =
                Files.writeString(folder.resolve("serve.yaml"), """
                ingest:
                  heartbeats: {every: 2s}
                processor:
                  detection:
                    rules: {quiet: 20s}
                  alerting:
                    alertmanagers:
                      - url: %s
                  prometheus: {url: "%s", every: 2s, quota: etcd_server_quota_backend_bytes / 128}
                """.formatted(alertmanager, prometheus.address()));
        return Running.start(
                folder.resolve("serve.log"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.patchwar.standalone.Patchwar",
                        "serve",
                        "--http=127.0.0.1:" + http,
                        "--ingest=127.0.0.1:" + ingest,
                        "--data=" + folder.resolve("data"),
                        "--config=" + config));
    }

    /** A document that is no audit event, and one that is and says nothing of a war: both are counted, the cluster is heard. */
    private static void sendGarbage(URI audit) throws IOException, InterruptedException {
        String event = """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"live-stack-1",\
                "stage":"ResponseComplete","requestURI":"/api/v1/namespaces/a/configmaps/b","verb":"update",\
                "user":{"username":"somebody"},"objectRef":{"resource":"configmaps","namespace":"a","name":"b","apiVersion":"v1"},\
                "responseStatus":{"code":200},"requestReceivedTimestamp":"%1$s","stageTimestamp":"%1$s"}
                """.formatted(Instant.now().toString());
        for (String body : List.of("{\"level\": \"none of ours\"}", event)) {
            HttpRequest post = HttpRequest.newBuilder(audit)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(post, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static void awaitSeries(String what, String query) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .until(() -> !prometheus.query(query).isEmpty());
    }

    private static int serveScrapes() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (String name : List.of("etcd", "apiserver")) {
            byte[] text = Files.readAllBytes(Path.of("src", "test", "resources", "scrapes", name + ".txt"));
            server.createContext("/" + name, exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            });
        }
        server.start();
        open.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    static List<Query> dashboardQueries() {
        return Dashboard.all().stream().flatMap(d -> d.queries().stream()).toList();
    }

    static List<Query> ruleQueries() {
        List<Query> queries = new ArrayList<>();
        AlertRules.alerts()
                .forEach(rule -> queries.add(new Query(
                        "alert " + rule.path("alert").asText(),
                        rule.path("expr").asText())));
        AlertRules.recordings()
                .forEach(rule -> queries.add(new Query(
                        "record " + rule.path("record").asText(),
                        rule.path("expr").asText())));
        return queries;
    }

    @ParameterizedTest
    @MethodSource("dashboardQueries")
    void everyQueryOfADashboardGivesData(Query query) {
        // A scrape may fail on a busy machine; the next one tells.
        Awaitility.await(query.where() + ": " + filled(query.expr()))
                .atMost(SCRAPES)
                .until(() -> !answer(query).isEmpty());
    }

    private static JsonNode answer(Query query) throws IOException, InterruptedException {
        Matcher labels = LABEL_VALUES.matcher(query.expr());
        return labels.matches()
                ? prometheus.get("/api/v1/label/" + labels.group(2) + "/values?match[]="
                        + PrometheusServer.encoded(filled(labels.group(1))))
                : prometheus.query(filled(query.expr()), began, Instant.now());
    }

    /** An alert that has nothing to say gives no series; what its rule records must give some. */
    @ParameterizedTest
    @MethodSource("ruleQueries")
    void everyQueryOfARuleIsAnswered(Query query) throws Exception {
        JsonNode answer = prometheus.query(query.expr(), began, Instant.now());

        assertThat(answer.isEmpty() && query.where().startsWith("record"))
                .as(query.where())
                .isFalse();
    }

    private static String filled(String expr) {
        return expr.replace("$__rate_interval", "12s").replaceAll("\\$(job|instance|cluster|severity)", ".*");
    }

    /** Alerts about the demo's cluster that Alertmanager has now. */
    private static List<JsonNode> firing() throws IOException, InterruptedException {
        JsonNode all = new ObjectMapper()
                .readTree(Running.get(alertmanager.resolve("/api/v2/alerts")).body());
        return Dashboard.stream(all)
                .filter(alert -> alert.at("/labels/cluster").asText().equals("demo"))
                .toList();
    }

    private static boolean isCritical(JsonNode alert) {
        return alert.at("/labels/severity").asText().equals("critical");
    }

    @Test
    void eachWarIsOneFiringAlertWithWhoOverWhatAndWhatToDo() throws Exception {
        assertThat(alerts)
                .extracting(alert -> alert.at("/labels/name").asText() + " "
                        + alert.at("/labels/severity").asText() + " "
                        + alert.at("/status/state").asText())
                .containsExactlyInAnyOrder(
                        "web-1 critical active",
                        "web-2 critical active",
                        "web-3 critical active",
                        "web-1 warning suppressed",
                        "web-2 warning suppressed",
                        "web-3 warning suppressed");
        for (JsonNode alert : alerts) {
            String id = alert.at("/labels/war_id").asText();
            assertThat(id).matches("[0-9a-f]{16}");
            assertThat(alert.path("labels").properties())
                    .extracting(label -> label.getKey() + "=" + label.getValue().asText())
                    .contains(
                            "alertname=PatchWar",
                            "namespace=apps",
                            "resource=services",
                            "field=status.loadBalancer.ingress")
                    .hasSize(8);
            assertThat(alert.at("/annotations/contenders").asText())
                    .contains("chisel-operator-system/chisel-operator", "metallb-system/controller");
            assertThat(alert.at("/annotations/suggested_action").asText())
                    .isEqualTo("Give each a loadBalancerClass. First this Service that of chisel-operator.");
            assertThat(alert.path("generatorURL").asText()).isEqualTo(serveAddress + "/api/v1/wars/" + id);
            JsonNode war = new ObjectMapper()
                    .readTree(Running.get(URI.create(alert.path("generatorURL").asText()))
                            .body());
            assertThat(war.at("/remedy/id").asText()).isEqualTo("service-metallb-chisel");
        }
        assertThat(alerts)
                .filteredOn(LiveStackIT::isCritical)
                .allSatisfy(alert ->
                        assertThat(alert.at("/annotations/pressure").asText()).contains("fill its quota of "));
    }

    @Test
    void itsAlertsResolveWhenTheWarIsOver() {
        Awaitility.await("no alert of the demo")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(firing()).isEmpty());
    }

    @Test
    void aScrapeIsWellFormedAndSmall() throws Exception {
        long series = prometheus
                .query("count({job=\"patchwar-processor\"})")
                .path(0)
                .path("value")
                .path(1)
                .asLong();

        assertThat(series).isBetween(50L, 800L);
        Path scrape = Files.writeString(
                folder.resolve("scrape.txt"),
                Running.get(serveAddress.resolve("/metrics")).body());
        Tool promtool = Tool.named("promtool", "prometheus");
        Outcome lint = new Tool(Path.of("/bin/sh")).run("-c", promtool.program() + " check metrics <" + scrape);
        assertThat(lint.status()).as(lint.said()).isZero();
    }
}
