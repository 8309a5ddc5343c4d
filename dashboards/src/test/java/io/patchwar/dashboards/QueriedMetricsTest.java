package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.dashboards.Dashboard.Query;
import io.patchwar.dashboards.PromQl.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody asks for a metric or a label that nothing has; no server is needed to see that. */
class QueriedMetricsTest {
    private static final Pattern OURS = Pattern.compile("\\bpatchwar_[a-z_]*[a-z]\\b");

    @TempDir
    private static Path data;

    private static MetricCatalogue catalogue;
    private static Set<String> recorded;

    @BeforeAll
    static void readTheCatalogue() throws Exception {
        catalogue = MetricCatalogue.read(data);
        recorded = AlertRules.recordings().stream()
                .map(rule -> rule.path("record").asText())
                .collect(Collectors.toSet());
    }

    static List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        Dashboard.all().forEach(dashboard -> queries.addAll(dashboard.queries()));
        Stream.concat(AlertRules.alerts().stream(), AlertRules.recordings().stream())
                .forEach(rule -> queries.add(new Query(
                        "rule " + rule.path("alert").asText(rule.path("record").asText()),
                        rule.path("expr").asText())));
        return queries;
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyMetricThatIsAskedForIsRegisteredWithTheLabelsItIsChosenBy(Query query) {
        PromQl asked = new PromQl(query.expr());
        Set<String> there = new TreeSet<>(Set.of("le"));
        for (Selector selector : asked.selectors()) {
            if (recorded.contains(selector.metric())) {
                continue;
            }
            assertThat(catalogue.names()).as(query.where()).contains(selector.metric());
            Set<String> labels = catalogue.labelsOf(selector.metric());
            assertThat(labels)
                    .as("%s: labels of %s", query.where(), selector.metric())
                    .containsAll(selector.labels());
            there.addAll(labels);
        }
        assertThat(there).as(query.where()).containsAll(asked.groupedBy());
    }

    @Test
    void readsWhatAQueryAsksFor() {
        PromQl query = new PromQl(
                "topk(10, sum by (a, b) (rate(x_total{c=~\"d|e\", f!=\"g\"}[$__rate_interval]))) > 0 or y offset 1m");

        assertThat(query.selectors())
                .containsExactly(new Selector("x_total", Set.of("c", "f")), new Selector("y", Set.of()));
        assertThat(query.groupedBy()).containsExactly("a", "b");
        assertThat(new PromQl("label_values(z{h=\"i\"}, j)").groupedBy()).containsExactly("j");
    }

    @Test
    void theCatalogueHasWhatServicesCountAndNothingElse() {
        assertThat(catalogue.has("patchwar_wars_started_total")).isTrue();
        assertThat(catalogue.has("patchwar_detection_latency_seconds_bucket")).isTrue();
        assertThat(catalogue.has("patchwar_wars_begun_total")).isFalse();
        assertThat(catalogue.labelsOf("patchwar_active_wars")).contains("cluster", "severity", "class");
    }

    @Test
    void runbooksNameNoMetricThatThereIsNot() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "docs", "runbooks"))) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher name = OURS.matcher(Files.readString(page));
                while (name.find()) {
                    assertThat(catalogue.names())
                            .as("%s in %s", name.group(), page)
                            .anyMatch(known -> known.equals(name.group()) || known.equals(name.group() + "_total"));
                }
            }
        }
    }
}
