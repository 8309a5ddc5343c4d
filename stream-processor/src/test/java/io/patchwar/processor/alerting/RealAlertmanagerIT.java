package io.patchwar.processor.alerting;

import static io.patchwar.processor.WarBuilder.board;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.model.Severity;
import io.patchwar.processor.WarBuilder;
import io.patchwar.processor.board.BoardView;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Alertmanager itself makes of what we say; skipped where it is not installed. */
class RealAlertmanagerIT {
    static final String CONFIG = """
            route:
              receiver: hook
              group_by: [war_id, conflict_id, alertname, severity]
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 1h
            receivers:
              - name: hook
                webhook_configs: [{url: "%s", send_resolved: true}]
            inhibit_rules:
              - source_matchers: [alertname="PatchWar", severity="critical"]
                target_matchers: [alertname="PatchWar", severity="warning"]
                equal: [war_id]
              - source_matchers: [alertname="PatchWarConflict", severity="critical"]
                target_matchers: [alertname="PatchWarConflict", severity="warning"]
                equal: [conflict_id]
            """;

    static final AlertTiming SHORT = new AlertTiming(
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Duration.ofSeconds(1));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(120);
    private volatile BoardView view = board();
    private RealAlertmanager alertmanager;
    private Webhook webhook;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                RealAlertmanager.program().isPresent(),
                "Alertmanager is not installed: apt-get install prometheus-alertmanager");
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        webhook = opened(new Webhook());
        alertmanager = opened(RealAlertmanager.start(directory, CONFIG.formatted(webhook.url())));
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

    private Notifier notifier() {
        AlertSettings settings = new AlertSettings(
                List.of(AlertmanagerSettings.at(alertmanager.url())),
                Map.of("team", "platform"),
                URI.create("https://patchwar.example"),
                URI.create("https://docs.example/runbooks"),
                SHORT,
                5,
                200,
                10_000);
        Notifier notifier = opened(
                new Notifier(settings, () -> view, new SimpleMeterRegistry(), InstantSource.system(), Resolver.SYSTEM));
        notifier.start();
        return notifier;
    }

    private WarBuilder fought(String id) {
        return war(id).since(began).lastAt(Instant.now());
    }

    private List<String> active() throws Exception {
        List<String> active = new ArrayList<>();
        for (JsonNode alert : alertmanager.alerts()) {
            JsonNode labels = alert.path("labels");
            active.add(labels.path("alertname").asText() + " "
                    + labels.path("severity").asText() + " "
                    + labels.path("war_id").asText(""));
        }
        return active;
    }

    @Test
    void aWarIsOneAlertThroughRestartsAndTwoInstancesAndResolvesOnce() throws Exception {
        view = board(fought("a"));
        Notifier first = notifier();
        Notifier second = notifier();
        await().untilAsserted(() -> assertThat(active()).containsExactly("PatchWar warning a"));
        JsonNode before = alertmanager.alerts().get(0);
        assertThat(before.path("labels").properties())
                .extracting(e -> e.getKey() + "=" + e.getValue().asText())
                .containsExactlyInAnyOrder(
                        "alertname=PatchWar",
                        "severity=warning",
                        "cluster=prod-eu",
                        "namespace=shop",
                        "resource=deployments.apps",
                        "name=checkout",
                        "field=spec.replicas",
                        "war_id=a",
                        "team=platform");
        assertThat(before.path("generatorURL").asText()).isEqualTo("https://patchwar.example/api/v1/wars/a");
        assertThat(before.path("annotations").path("runbook_url").asText())
                .startsWith("https://docs.example/runbooks/");
        assertThat(before.path("annotations").path("suggested_action").asText()).isNotBlank();
        assertThat(Instant.parse(before.path("startsAt").asText())).isEqualTo(began);

        first.close();
        Notifier third = notifier();
        second.close();
        Instant restarted = Instant.now();
        await().untilAsserted(() -> assertThat(Instant.parse(
                        alertmanager.alerts().get(0).path("updatedAt").asText()))
                .isAfter(restarted.plusSeconds(3)));
        JsonNode after = alertmanager.alerts().get(0);
        assertThat(after.path("fingerprint")).isEqualTo(before.path("fingerprint"));
        assertThat(after.path("startsAt")).isEqualTo(before.path("startsAt"));
        assertThat(webhook.told()).containsExactly("firing PatchWar warning a");

        view = board(fought("a").ended().reversals(99));
        await().untilAsserted(() ->
                assertThat(webhook.told()).containsExactly("firing PatchWar warning a", "resolved PatchWar warning a"));
        JsonNode last = webhook.notifications().get(1).path("alerts").get(0);
        assertThat(last.path("annotations").path("reversals").asText()).startsWith("99 reversals");
        assertThat(last.path("annotations").path("resolved_because").asText()).isEqualTo("the war has ended");
        assertThat(active()).isEmpty();
        assertThat(third.check().ok()).isTrue();
    }

    @Test
    void becomingCriticalPagesOnceMoreAndSilencesTheWarning() throws Exception {
        view = board(fought("a"));
        notifier();
        await().untilAsserted(() -> assertThat(webhook.told()).containsExactly("firing PatchWar warning a"));
        view = board(fought("a").severity(Severity.CRITICAL));
        await().untilAsserted(() ->
                assertThat(webhook.told()).containsExactly("firing PatchWar warning a", "firing PatchWar critical a"));
        await().untilAsserted(() -> {
            for (JsonNode alert : alertmanager.alerts()) {
                boolean warning = alert.path("labels").path("severity").asText().equals("warning");
                assertThat(alert.path("status").path("inhibitedBy").isEmpty()).isEqualTo(!warning);
            }
            assertThat(active()).containsExactlyInAnyOrder("PatchWar warning a", "PatchWar critical a");
        });
    }

    @Test
    void whoSaysNothingMoreIsTakenForResolved() throws Exception {
        view = board(fought("a"));
        Notifier notifier = notifier();
        await().untilAsserted(() -> assertThat(active()).hasSize(1));
        notifier.close();
        await().untilAsserted(() -> assertThat(active()).isEmpty());
    }

    @Test
    void fiftyServicesOfOneCauseAreOneAlertAndTheSingleOnesResolve() throws Exception {
        view = board(services(5));
        notifier();
        await().untilAsserted(() -> assertThat(active()).hasSize(5));
        view = board(services(50));
        await().untilAsserted(() -> assertThat(active()).containsExactly("PatchWarConflict warning "));
        await().untilAsserted(() -> assertThat(new TreeSet<>(webhook.told()))
                .containsAll(IntStream.range(0, 5)
                        .mapToObj(i -> "resolved PatchWar warning s" + i)
                        .toList())
                .contains("firing PatchWarConflict warning "));
        assertThat(webhook.told()).noneMatch(told -> told.startsWith("resolved PatchWarConflict"));
        JsonNode conflict = alertmanager.alerts().get(0);
        assertThat(conflict.path("annotations").path("description").asText()).contains("50 wars");
        assertThat(Instant.parse(conflict.path("startsAt").asText())).isEqualTo(began);
    }

    private WarBuilder[] services(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> fought("s" + i)
                        .on("prod-eu", "", "services", "shop", "s" + i)
                        .over("status.loadBalancer"))
                .toArray(WarBuilder[]::new);
    }

    @Test
    void aStormOfHostileWarsIsTakenToTheLastAlert() throws Exception {
        view = board(IntStream.range(0, 150)
                .mapToObj(i -> fought("w" + i)
                        .in("c" + i)
                        .on("c" + i, "", "services", "né\u202e\n" + i, "\u001b[31m'\"\\{{.}}" + i))
                .toArray(WarBuilder[]::new));
        Notifier notifier = notifier();
        await().untilAsserted(() -> assertThat(active()).hasSize(150));
        assertThat(notifier.check().detail()).isEqualTo("150 alerts");
    }

    @Test
    void oneAlertThatItRefusesCostsNoOther() throws Exception {
        List<Alert> batch = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String label = i == 40 ? "not-a-name" : "war_id";
            batch.add(new Alert(
                    Map.of("alertname", "PatchWar", "severity", "warning", label, "w" + i),
                    Map.of(),
                    began,
                    Instant.now().plusSeconds(240),
                    null));
        }
        AlertmanagerSettings target = AlertmanagerSettings.at(alertmanager.url());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        var threads = Executors.newCachedThreadPool();
        try (HttpPost post = new HttpPost(target, InetAddress.getLoopbackAddress(), threads)) {
            Courier.Result result = new Courier(post, new TargetMeters(registry, target)).deliver(batch);
            assertThat(result.accepted()).hasSize(63);
            assertThat(result.last().status()).isEqualTo(400);
            assertThat(result.last().text()).contains("not-a-name");
        } finally {
            threads.shutdownNow();
        }
        assertThat(active()).hasSize(63);
    }
}
