package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final String RUNBOOKS = "https://github.com/patchwar/patchwar/blob/main/";

    @Test
    void everyAlertSaysWhatHappensHowBadItIsAndWhatToDo() {
        assertThat(AlertRules.alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(name).startsWith("PatchWar");
            assertThat(alert.path("labels").path("severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(alert.path("annotations").path("summary").asText())
                    .as(name)
                    .endsWith(".");
            assertThat(alert.path("annotations").path("description").asText())
                    .as(name)
                    .isNotBlank();
        });
    }

    @Test
    void everyRunbookIsThereUnderItsAnchor() {
        assertThat(AlertRules.alerts()).allSatisfy(alert -> {
            String url = alert.path("annotations").path("runbook_url").asText();
            assertThat(url).startsWith(RUNBOOKS).contains("#");
            String[] page = url.substring(RUNBOOKS.length()).split("#", 2);
            assertThat(page[1]).isEqualTo(alert.path("alert").asText().toLowerCase(java.util.Locale.ROOT));
            assertThat(read(Path.of("..", page[0])))
                    .contains("## " + alert.path("alert").asText() + "\n");
        });
    }

    @Test
    void everyAlertHasATest() {
        String tests = read(Path.of("rules", "tests", "patchwar.test.yml"));

        assertThat(AlertRules.alerts()).allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(tests).containsPattern("alertname: " + name + "\\n +exp_alerts:\\n");
            if (!name.equals("PatchWarWatchdog")) {
                assertThat(tests).contains("alertname: " + name + "\n        exp_alerts: []\n");
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }
}
