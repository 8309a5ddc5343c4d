package io.patchwar.watch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.patchwar.model.WarClass;
import io.patchwar.pressure.EtcdSpace;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.settings.YamlProblems;
import io.patchwar.watch.IgnoreList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "patchwar.example.yaml");

    @Test
    void theExampleFileIsTheDefaults() throws Exception {
        try (var in = Files.newInputStream(EXAMPLE)) {
            assertThat(Settings.read(in)).isEqualTo(Settings.defaults());
        }
    }

    @Test
    void theExampleFileShowsEveryKeyInTheTablesOrder() throws IOException {
        JsonNode example = new ObjectMapper(new YAMLFactory()).readTree(EXAMPLE.toFile());
        assertThat(leaves("", example))
                .containsExactlyElementsOf(Settings.defaults().effective().keySet());
    }

    @Test
    void theRuleInTheExamplesCommentIsOne() throws Exception {
        List<String> lines = Files.readAllLines(EXAMPLE);
        StringBuilder yaml = new StringBuilder("ignore:\n  rules:\n");
        lines.stream()
                .dropWhile(line -> !line.contains("An example:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  #"))
                .forEach(line -> yaml.append("  ").append(line.substring(4)).append('\n'));
        Settings settings = read(yaml.toString());
        assertThat(settings.watch().rules().ignored())
                .hasSize(IgnoreList.shipped().size() + 1);
    }

    @Test
    void anEmptyFileChangesNothing() throws Exception {
        assertThat(read("")).isEqualTo(Settings.defaults());
        assertThat(read("# nothing\n")).isEqualTo(Settings.defaults());
        assertThat(read("rules:\n")).isEqualTo(Settings.defaults());
    }

    @Test
    void changesWhatIsGivenAndNothingElse() throws Exception {
        Settings settings = read("""
                cluster: prod
                redact: true
                scope:
                  excludedResources: [events]
                order: {grace: 1m, heldEvents: 0}
                memory: {bytes: 1GiB}
                rules: {window: 12h, reversals: 4, newValues: 0.5}
                """);
        assertThat(settings.cluster()).isEqualTo("prod");
        assertThat(settings.scope().excludedResources()).containsExactly("events");
        assertThat(settings.scope().excludedGroups())
                .isEqualTo(Settings.defaults().scope().excludedGroups());
        assertThat(settings.watch().grace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.watch().heldEvents()).isZero();
        assertThat(settings.watch().mostBytes()).isEqualTo(1L << 30);
        assertThat(settings.watch().redact()).isTrue();
        assertThat(settings.watch().rules().window()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.watch().rules().reversals()).isEqualTo(4);
        assertThat(settings.watch().rules().newValues()).isEqualTo(0.5);
        assertThat(settings.watch().rules().returns()).isEqualTo(6);
        assertThat(settings.watch().rules().ignored()).isEqualTo(IgnoreList.shipped());
    }

    @Test
    void takesWhatIsKnownOfEtcdAndRefusesWhatCannotBe() throws Exception {
        PressureConfig pressure = read("""
                pressure: {quota: 2GiB, inUse: 500MiB, compaction: 10m, watchers: {services: 1000, "*": 3}}
                """).watch().pressure();
        assertThat(pressure)
                .isEqualTo(new PressureConfig(
                        new EtcdSpace(2L << 30, 500L << 20, null),
                        Duration.ofMinutes(10),
                        Map.of("services", 1000, "*", 3)));
        assertThat(problems("pressure: {inUse: 1MiB, watchers: {pods: many}}"))
                .containsExactlyInAnyOrder(
                        "pressure.inUse: says nothing without a quota",
                        "pressure.watchers.pods: must be a whole number from 0 to 10000000");
    }

    @Test
    void replacesTheShippedListOrAddsToIt() throws Exception {
        String rule = "{reason: why, classes: [hot-loop], resources: [services], actors: [x]}";
        var alone = read("ignore: {shipped: false, rules: [" + rule + "]}")
                .watch()
                .rules()
                .ignored();
        var added = read("ignore: {rules: [" + rule + "]}").watch().rules().ignored();
        assertThat(alone).hasSize(1);
        assertThat(alone.get(0).classes()).containsExactly(WarClass.HOT_LOOP);
        assertThat(added).hasSize(IgnoreList.shipped().size() + 1).endsWith(alone.get(0));
    }

    @Test
    void tellsAllProblemsAtOnceWithTheirPaths() {
        assertThat(problems("""
                clutser: prod
                redact: maybe
                order: {grace: 5 seconds}
                memory: [1]
                rules: {reversals: 1, window: 2m, newValue: 0.5}
                ignore:
                  rules:
                    - classes: [tug-of-wor]
                      field: [spec.replicas]
                    - 7
                """))
                .containsExactlyInAnyOrder(
                        "redact: must be true or false, not \"maybe\"",
                        "order.grace: must be a duration from 100ms to 10m, such as 30s, 10m, 1h30m, not \"5 seconds\"",
                        "memory: must be a mapping, key: value",
                        "rules.reversals: must be a whole number from 2 to 10000, not 1",
                        "rules.ownedSpan: must not be longer than the window, 2m",
                        "rules.shortSpan: must not be longer than the window, 2m",
                        "rules.quiet: must not be longer than the window, 2m",
                        "rules.newValue: unknown key; did you mean \"newValues\"?",
                        "ignore.rules[0].classes: no class \"tug-of-wor\"; did you mean \"tug-of-war\"?",
                        "ignore.rules[0].reason: is missing: say why this looks like a war and is none",
                        "ignore.rules[0].fields: a rule needs resources, fields or actors; without any it would ignore everything",
                        "ignore.rules[0].field: unknown key; did you mean \"fields\"?",
                        "ignore.rules[1]: must be a mapping, key: value",
                        "clutser: unknown key; did you mean \"cluster\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: {reversals: 2} | ",
                "rules: {reversals: 1} | rules.reversals",
                "rules: {reversals: 10000} | ",
                "rules: {reversals: 10001} | rules.reversals",
                "rules: {reversals: 3.5} | rules.reversals",
                "rules: {window: 168h} | ",
                "rules: {window: 169h} | rules.window",
                "rules: {newValues: 0.001} | ",
                "rules: {newValues: 0} | rules.newValues",
                "rules: {newValues: 1} | rules.newValues",
                "rules: {suspectedShare: 10} | ",
                "rules: {suspectedShare: 11} | rules.suspectedShare",
                "order: {grace: 100ms} | ",
                "order: {grace: 99ms} | order.grace",
                "memory: {bytes: 8MiB} | ",
                "memory: {bytes: 8388607} | memory.bytes",
                "cluster: '' | cluster",
                "cluster: [a] | cluster",
            })
    void keepsEachBound(String yaml, String path) {
        List<String> problems = problems(yaml);
        if (path == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().startsWith(path + ": ");
        }
    }

    @Test
    void saysWhereTheYamlBreaks() {
        assertThat(problems("cluster: a\nrules: {window: 6h"))
                .singleElement()
                .asString()
                .startsWith("line ");
        assertThat(problems("cluster: a\ncluster: b\n"))
                .singleElement()
                .asString()
                .contains("cluster");
        assertThat(problems("- a\n- b\n")).containsExactly("the document must be a mapping, key: value");
    }

    @Test
    void refusesARuleThatWouldSwallowAllFieldlessFindings() {
        assertThat(problems("ignore: {rules: [{reason: r, classes: [hot-loop], fields: [spec.replicas]}]}"))
                .singleElement()
                .asString()
                .startsWith("ignore.rules[0].classes: hot-loop, rejected and suspected have no field");
    }

    @Test
    void aRuleAboutAFieldSaysNothingOfClassesWithoutOne() throws Exception {
        var rule = IgnoreList.read(stream("ignore: [{reason: r, fields: [spec.replicas]}]"))
                .get(0);
        assertThat(rule.classes())
                .doesNotContain(WarClass.HOT_LOOP, WarClass.REJECTED, WarClass.SUSPECTED)
                .contains(WarClass.TUG_OF_WAR);
    }

    /** It is read by a reader of its own, for a quick start. */
    @Test
    void theShippedListIsWhatAnyYamlReaderMakesOfIt() throws Exception {
        try (var in = IgnoreList.class.getResourceAsStream("ignore-list.yaml")) {
            assertThat(IgnoreList.read(in)).isEqualTo(IgnoreList.shipped()).isNotEmpty();
        }
    }

    @Test
    void theTableSaysWhatHolds() throws Exception {
        var table = read("rules: {window: 90m}\nignore: {shipped: false}").effective();
        assertThat(table)
                .containsEntry("rules.window", "1h30m")
                .containsEntry("ignore.shipped", "false")
                .containsEntry("ignore.rules", "0 of your own");
        assertThat(table)
                .containsEntry("memory.heldBytes", "64MiB")
                .containsEntry("scope.excludedResources", "[events, leases]");
    }

    private static Settings read(String yaml) throws IOException, YamlProblems {
        return Settings.read(stream(yaml));
    }

    private static List<String> problems(String yaml) {
        YamlProblems problems = catchThrowableOfType(YamlProblems.class, () -> read(yaml));
        return problems == null ? List.of() : problems.problems();
    }

    private static ByteArrayInputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> leaves(String path, JsonNode node) {
        List<String> leaves = new ArrayList<>();
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(e ->
                            leaves.addAll(leaves(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue())));
        } else {
            leaves.add(path);
        }
        return leaves;
    }
}
