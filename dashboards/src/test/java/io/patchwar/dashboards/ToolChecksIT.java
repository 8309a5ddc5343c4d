package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.dashboards.Tool.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus' and Alertmanager's own tools say of the files that ship. */
class ToolChecksIT {
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
