package io.patchwar.processor.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.broker.InProcessBroker;
import io.patchwar.processor.ProcessorService;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.measuring.PrometheusSettings;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlSection;
import io.patchwar.watch.config.Settings;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** From audit events in Kafka to what Alertmanager tells a person, with whole processors between; skipped where it is not installed. */
class AlertsOfTheStreamIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path brokers;

    @TempDir
    private Path directory;

    private static InProcessBroker broker;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private String name;
    private String detection = "{}";
    private RealAlertmanager alertmanager;
    private Webhook webhook;

    @BeforeAll
    static void startBroker() {
        assumeTrue(
                RealAlertmanager.program().isPresent(),
                "Alertmanager is not installed: apt-get install prometheus-alertmanager");
        broker = InProcessBroker.over(brokers.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        Awaitility.setDefaultTimeout(BrokerStage.PATIENCE);
        name = "t-" + Integer.toHexString(test.getDisplayName().hashCode());
        webhook = opened(new Webhook());
        alertmanager = opened(RealAlertmanager.start(directory, RealAlertmanagerIT.CONFIG.formatted(webhook.url())));
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private ProcessorConfig config(String instance) throws Exception {
        ProcessorConfig base = TestConfigs.named(name, broker.bootstrap(), directory.resolve(instance), 2);
        YamlSection section = YamlSection.read(
                new ByteArrayInputStream(detection.getBytes(StandardCharsets.UTF_8)), Environment.of(Map.of()));
        AlertSettings alerting = new AlertSettings(
                List.of(AlertmanagerSettings.at(alertmanager.url())),
                Map.of(),
                URI.create("https://patchwar.example"),
                null,
                RealAlertmanagerIT.SHORT,
                5,
                200,
                10_000);
        return new ProcessorConfig(
                base.kafka(),
                base.stream(),
                base.output(),
                base.deadLetters(),
                base.http(),
                Settings.read(section, ProcessorConfig.defaultDetection()),
                base.hotBytes(),
                base.board(),
                alerting,
                PrometheusSettings.NONE,
                base.secret());
    }

    private ProcessorService instance(String state) throws Exception {
        ProcessorService service = opened(BrokerStage.start(config(state)));
        await().until(service::isReady);
        return service;
    }

    private void stop(ProcessorService service) {
        open.remove(service);
        service.close();
    }

    private List<String> active() throws Exception {
        List<String> active = new ArrayList<>();
        for (JsonNode alert : alertmanager.alerts()) {
            JsonNode labels = alert.path("labels");
            active.add(labels.path("alertname").asText() + " "
                    + labels.path("severity").asText() + " "
                    + labels.path("name").asText(""));
        }
        return active;
    }

    /** What a person was told, each alert by its object instead of its id. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (JsonNode notification : webhook.notifications()) {
            for (JsonNode alert : notification.path("alerts")) {
                told.add(alert.path("status").asText() + " "
                        + alert.at("/labels/severity").asText() + " "
                        + alert.at("/labels/name").asText("(conflict)"));
            }
        }
        return told;
    }

    @Test
    void aWarIsToldOnceThroughRestartsOfTwoProcessorsAndResolvedOnceWhenItIsQuiet() throws Exception {
        Feud feud = new Feud("prod", "mode", now.minusSeconds(15 * 60));
        try (BrokerStage stage = new BrokerStage(config("one"))) {
            ProcessorService one = instance("one");
            ProcessorService two = instance("two");
            stage.send(feud.writes(0, 8));
            stage.send(feud.heard(feud.at(8)));
            stage.flush();
            await().untilAsserted(() -> assertThat(active()).containsExactly("PatchWar warning mode"));
            JsonNode before = alertmanager.alerts().get(0);

            stop(one);
            ProcessorService again = instance("one");
            stop(two);
            instance("two");
            stop(again);
            Instant restarted = Instant.now();
            await().untilAsserted(() -> assertThat(Instant.parse(
                            alertmanager.alerts().get(0).path("updatedAt").asText()))
                    .isAfter(restarted.plusSeconds(3)));
            JsonNode after = alertmanager.alerts().get(0);
            assertThat(alertmanager.alerts()).hasSize(1);
            assertThat(after.path("fingerprint")).isEqualTo(before.path("fingerprint"));
            assertThat(after.path("startsAt")).isEqualTo(before.path("startsAt"));
            assertThat(told()).containsExactly("firing warning mode");

            stage.send(feud.heard(now));
            stage.flush();
            await().untilAsserted(
                            () -> assertThat(told()).containsExactly("firing warning mode", "resolved warning mode"));
            assertThat(active()).isEmpty();
        }
    }

    @Test
    void aWarThatStartsSlowlyAndGetsFastPagesAndSilencesItsWarning() throws Exception {
        Instant slow = now.minusSeconds(25 * 60);
        Instant fast = slow.plusSeconds(20 * 60);
        Feud feud = new Feud("prod", "mode", slow);
        try (BrokerStage stage = new BrokerStage(config("one"))) {
            instance("one");
            stage.send(feud.writes(0, 20, slow, Duration.ofSeconds(60)));
            stage.send(feud.heard(fast.minusSeconds(30)));
            stage.flush();
            await().untilAsserted(() -> assertThat(told()).containsExactly("firing warning mode"));

            // Over ten minutes it must come to one a second.
            stage.send(feud.writes(20, 800, fast, Duration.ofMillis(125)));
            stage.send(feud.heard(fast.plusSeconds(101)));
            stage.flush();
            await().untilAsserted(
                            () -> assertThat(told()).containsExactly("firing warning mode", "firing critical mode"));
            await().untilAsserted(() -> {
                assertThat(active()).containsExactlyInAnyOrder("PatchWar warning mode", "PatchWar critical mode");
                for (JsonNode alert : alertmanager.alerts()) {
                    boolean isWarning = alert.at("/labels/severity").asText().equals("warning");
                    assertThat(alert.at("/status/inhibitedBy").isEmpty()).isEqualTo(!isWarning);
                }
            });
        }
    }

    @Test
    void fiftyServicesOfOneCauseBecomeOneConflictAndThoseThatFiredSinglyResolve() throws Exception {
        Instant began = now.minusSeconds(120);
        try (BrokerStage stage = new BrokerStage(config("one"))) {
            instance("one");
            fight(stage, began, 0, 5);
            await().untilAsserted(() -> assertThat(active()).hasSize(5));

            fight(stage, began, 5, 50);
            await().untilAsserted(() -> assertThat(active()).containsExactly("PatchWarConflict warning "));
            await().untilAsserted(() -> assertThat(told())
                    .contains("firing warning (conflict)")
                    .contains(
                            "resolved warning web-0",
                            "resolved warning web-1",
                            "resolved warning web-2",
                            "resolved warning web-3",
                            "resolved warning web-4"));
            assertThat(alertmanager
                            .alerts()
                            .get(0)
                            .at("/annotations/description")
                            .asText())
                    .contains("50 wars");
        }
    }

    private static void fight(BrokerStage stage, Instant began, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            stage.send(new Feud("prod", "web-" + i, began).ofService(0, 8));
        }
        stage.send(new Feud("prod", "", began).heard(began.plusSeconds(80)));
        stage.flush();
    }

    @Test
    void aMutedWarIsToldOnceItsMuteHasExpired() throws Exception {
        Instant began = now.minusSeconds(600);
        Instant until = began.plusSeconds(300);
        detection = """
                ignore:
                  rules:
                    - {reason: known since Monday, resources: [configmaps], until: "%s"}
                """.formatted(until);
        Feud feud = new Feud("prod", "mode", began);
        try (BrokerStage stage = new BrokerStage(config("one"))) {
            ProcessorService service = instance("one");
            stage.send(feud.writes(0, 29));
            stage.flush();
            await().untilAsserted(() -> assertThat(wars(service).path("muted")).hasSize(1));
            assertThat(wars(service).at("/muted/0/muted").asText()).contains("known since Monday");
            assertThat(alertmanager.alerts()).isEmpty();

            stage.send(feud.writes(29, 40));
            stage.flush();
            await().untilAsserted(() -> assertThat(told()).containsExactly("firing warning mode"));
            assertThat(wars(service).path("muted")).isEmpty();
        }
    }

    private static JsonNode wars(ProcessorService service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + service.http() + "/api/v1/wars"))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }
}
