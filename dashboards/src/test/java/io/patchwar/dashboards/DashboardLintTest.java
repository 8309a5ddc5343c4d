package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of Grafana's own dashboard linter that matter here, and what a provisioned dashboard must not have. */
class DashboardLintTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)(?:[:.][^}]*)?}?");
    private static final Set<String> BUILT_IN = Set.of(
            "__rate_interval",
            "__interval",
            "__range",
            "__field",
            "__value",
            "__url_time_range",
            "__from",
            "__to",
            "__all");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void shipsTheThreeThatAnOperatorLooksFor() {
        assertThat(dashboards())
                .extracting(Dashboard::name)
                .containsExactly("etcd-pressure.json", "pipeline.json", "wars.json");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void isProvisionable(Dashboard dashboard) {
        JsonNode json = dashboard.json();

        assertThat(json.has("id")).as("an id belongs to one Grafana").isFalse();
        assertThat(json.path("uid").asText()).matches("patchwar-[a-z-]{1,30}");
        assertThat(json.path("schemaVersion").asInt()).isBetween(39, 42);
        assertThat(json.path("editable").asBoolean()).isTrue();
        assertThat(json.path("graphTooltip").asInt()).isEqualTo(1);
        assertThat(json.path("timezone").asText()).isEmpty();
        assertThat(json.path("refresh").asText()).isEqualTo("30s");
        assertThat(json.path("tags").toString()).contains("patchwar");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void letsTheViewerChooseTheDataSourceAndTheProcess(Dashboard dashboard) {
        assertThat(dashboard.variables())
                .extracting(v -> v.path("name").asText())
                .contains("datasource", "job", "instance");
        assertThat(dashboard.variables())
                .filteredOn(v -> v.path("type").asText().equals("query"))
                .allSatisfy(v -> assertThat(v.path("includeAll").asBoolean()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsInWhichUnit(Dashboard dashboard) {
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText()).as(title).isNotBlank();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .as(title)
                    .isNotBlank();
            assertThat(panel.path("datasource").path("uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).as(title).isNotEmpty().allSatisfy(target -> {
                assertThat(target.path("datasource").path("uid").asText())
                        .as(title)
                        .isEqualTo("${datasource}");
                assertThat(target.path("legendFormat").asText()).as(title).isNotBlank();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelHasAPlaceOfItsOwn(Dashboard dashboard) {
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        dashboard.json().path("panels").forEach(panel -> {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("panel id %s", panel.path("id"))
                    .isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = (place.path("x").asInt() + x) + ","
                            + (place.path("y").asInt() + y);
                    assertThat(cells.add(cell))
                            .as("%s overlaps at %s", panel.path("title"), cell)
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void usesOnlyVariablesThatThereAre(Dashboard dashboard) {
        Set<String> known =
                dashboard.variables().stream().map(v -> v.path("name").asText()).collect(Collectors.toSet());
        known.addAll(BUILT_IN);
        Matcher used = VARIABLE.matcher(dashboard.json().toString());
        while (used.find()) {
            assertThat(known).as("variable %s", used.group()).contains(used.group(1));
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyRateSpansWhatTheScrapeIntervalAsksFor(Dashboard dashboard) {
        Pattern rate = Pattern.compile("(?:rate|irate)\\([^\\[]*\\[([^\\]]+)]");
        assertThat(dashboard.queries()).allSatisfy(query -> {
            Matcher ranges = rate.matcher(query.expr());
            while (ranges.find()) {
                assertThat(ranges.group(1)).as(query.where()).isEqualTo("$__rate_interval");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void asksOurOwnMetricsOfTheChosenProcessesOnly(Dashboard dashboard) {
        Pattern ours = Pattern.compile("(?:patchwar|kafka|jvm|process)_\\w+(\\{[^}]*})?");
        assertThat(dashboard.queries())
                .filteredOn(query -> !query.expr().startsWith("label_values"))
                .allSatisfy(query -> {
                    Matcher series = ours.matcher(query.expr());
                    while (series.find()) {
                        assertThat(series.group(1))
                                .as(query.where() + " " + series.group())
                                .isNotNull()
                                .contains("job=~\"$job\"")
                                .contains("instance=~\"$instance\"");
                    }
                });
    }

    /** A link that takes a label from a series that has lost it on the way leads to everything, or nowhere. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void everyLinkTakesLabelsThatItsQueriesKeep(Dashboard dashboard) {
        Pattern taken = Pattern.compile("\\$\\{__field\\.labels\\.(\\w+)}");
        for (JsonNode panel : dashboard.panels()) {
            Matcher label =
                    taken.matcher(panel.at("/fieldConfig/defaults/links").toString());
            while (label.find()) {
                assertThat(panel.path("targets"))
                        .as(panel.path("title").asText())
                        .allSatisfy(target -> assertThat(
                                        new PromQl(target.path("expr").asText()).kept())
                                .contains(label.group(1)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyLegendNamesLabelsThatItsQueryKeeps(Dashboard dashboard) {
        Pattern taken = Pattern.compile("\\{\\{(\\w+)}}");
        for (JsonNode panel : dashboard.panels()) {
            for (JsonNode target : panel.path("targets")) {
                Matcher label = taken.matcher(target.path("legendFormat").asText());
                while (label.find()) {
                    assertThat(new PromQl(target.path("expr").asText()).groupedBy())
                            .as(panel.path("title").asText())
                            .contains(label.group(1));
                }
            }
        }
    }

    @Test
    void noTwoDashboardsShareAUid() {
        assertThat(dashboards()).extracting(d -> d.json().path("uid").asText()).doesNotHaveDuplicates();
    }
}
