package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.dashboards.Tool.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus' and Alertmanager's own tools say of the files that ship. */
class ToolChecksIT {
    @TempDir
    private Path folder;

    private static Tool promtool() {
        return Tool.named("promtool", "prometheus");
    }

    private static Tool amtool() {
        return Tool.named("amtool", "prometheus-alertmanager");
    }

    @ParameterizedTest
    @CsvSource({"rules/patchwar.rules.yml", "rules/patchwar.alerts.yml"})
    void promtoolFindsNothingWrongWithTheRules(String file) throws Exception {
        Outcome outcome = promtool().run("check", "rules", "--lint=all", "--lint-fatal", file);

        assertThat(outcome.status()).as(outcome.said()).isZero();
    }

    @Test
    void everyRuleFiresAndResolvesAsItsTestSays() throws Exception {
        Outcome outcome = promtool().run("test", "rules", "rules/tests/patchwar.test.yml");

        assertThat(outcome.status()).as(outcome.said()).isZero();
    }

    @Test
    void promtoolTakesThePrometheusConfiguration() throws Exception {
        Outcome outcome = promtool().run("check", "config", "--syntax-only", "prometheus/prometheus.yml");

        assertThat(outcome.status()).as(outcome.said()).isZero();
    }

    @Test
    void amtoolTakesTheAlertmanagerConfiguration() throws Exception {
        Outcome outcome = amtool().run("check-config", "alertmanager/alertmanager.yml");

        assertThat(outcome.status()).as(outcome.said()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--profile=demo"})
    void composeTakesTheFileByItsSchema(String profile) throws Exception {
        Tool compose = Tool.named("docker-compose", "docker-compose");
        Outcome outcome = profile.isEmpty()
                ? compose.run("-f", "../docker-compose.yml", "config", "-q")
                : compose.run("-f", "../docker-compose.yml", profile, "config", "-q");

        assertThat(outcome.status()).as(outcome.said()).isZero();
    }

    /** Alertmanager escapes nothing, and in Slack {@code <!channel>} calls everybody. */
    @Test
    void whatAuditEventsSayIsNoMarkupInSlack() throws Exception {
        String hostile = "<!channel> & <https://evil.example|runbook>";
        Path alert = Files.writeString(folder.resolve("alert.json"), """
                {"receiver": "slack", "status": "firing", "commonLabels": {"cluster": "%1$s"}, "commonAnnotations": {},
                 "groupLabels": {}, "externalURL": "http://alertmanager", "alerts": [{
                   "status": "firing", "labels": {"alertname": "PatchWar"}, "startsAt": "2026-11-24T10:00:00Z",
                   "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://x", "fingerprint": "a",
                   "annotations": {"summary": "%1$s", "description": "%1$s", "values": "%1$s", "pressure": "%1$s",
                     "suggested_action": "%1$s", "runbook_url": "https://x/%1$s", "investigation_url": "https://x/%1$s"}}]}
                """.formatted(hostile));

        Outcome outcome = amtool().run(
                        "template",
                        "render",
                        "--template.glob=alertmanager/templates/*.tmpl",
                        "--template.text={{ template \"patchwar.slack.title\" . }}|{{ template \"patchwar.slack.text\" . }}",
                        "--template.data=" + alert);

        assertThat(outcome.status()).as(outcome.said()).isZero();
        assertThat(outcome.said())
                .doesNotContain("<", ">")
                .contains("What ends it: &lt;!channel&gt; &amp; &lt;https://evil.example|runbook&gt;");
    }

    @Test
    void theModelGivesSlackWhatIsMeantForSlack() throws Exception {
        String slack =
                Files.readString(Path.of("alertmanager", "alertmanager.yml")).split("- name: slack", 2)[1];

        assertThat(slack)
                .contains("patchwar.slack.title", "patchwar.slack.text")
                .doesNotContain("\"patchwar.title\"", "\"patchwar.text\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'pager,slack', critical, PatchWar",
        "'slack', warning, PatchWar",
        "'pager,slack', critical, PatchWarConflict",
        "'null', info, PatchWarWatchdog",
        "'slack', warning, PatchWarSpoolFilling",
        "'pager,slack', critical, PatchWarDetectorDown",
        "'null', critical, SomebodyElses"
    })
    void routesAnAlertToWhoeverMustKnow(String receivers, String severity, String name) throws Exception {
        Outcome outcome = amtool().run(
                        "config",
                        "routes",
                        "test",
                        "--config.file=alertmanager/alertmanager.yml",
                        "--verify.receivers=" + receivers,
                        "alertname=" + name,
                        "severity=" + severity,
                        "cluster=prod",
                        "war_id=1");

        assertThat(outcome.status()).as(outcome.said()).isZero();
    }
}
