package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** One replacement moves them all, as docs/runbooks/service.md has it. */
    @Test
    void everyLinkToARunbookBeginsAlike() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("rules", "grafana", "../deploy/compose")) {
            try (Stream<Path> found = Files.walk(Path.of(folder))) {
                found.filter(file -> file.toString().matches(".*\\.(yml|yaml|json)"))
                        .forEach(files::add);
            }
        }
        Pattern link = Pattern.compile("https?://\\S*/runbooks\\b");
        List<String> links = files.stream()
                .flatMap(file -> link.matcher(read(file)).results())
                .map(MatchResult::group)
                .toList();

        assertThat(links).hasSizeGreaterThan(20).containsOnly(RUNBOOKS + "docs/runbooks");
        assertThat(read(Path.of("..", "docs", "runbooks", "service.md")))
                .contains("sed -i 's#" + RUNBOOKS + "docs/runbooks#");
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
