package io.patchwar.standalone;

import static io.patchwar.standalone.CommandLineRun.recording;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCommandTest {
    private static final String WAR = new LogLines().war(8).toString();

    @TempDir
    private Path dir;

    // Exit statuses

    @Test
    void exitsWithOneOnWars() {
        CommandLineRun run = CommandLineRun.of("scan", recording("metallb-chisel"));
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("3 wars, all of one cause; 3 findings.\n")
                .contains("203.0.113.1 ↔ 192.0.2.65", "What to do: MetalLB and chisel-operator", "1,734 records: ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void exitsWithZeroOnPeace() {
        CommandLineRun run = CommandLineRun.of("scan", recording("metallb-chisel-remedied"));
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out()).startsWith("No wars in ");
    }

    @Test
    void exitsWithThreeWhereNothingCouldHaveShownAWarAndSaysWhatToChange() {
        CommandLineRun run = CommandLineRun.reading(new LogLines().bodiless(4).toString(), "scan", "-");
        assertThat(run.exitStatus()).isEqualTo(3);
        assertThat(run.out())
                .startsWith(
                        "No wars seen, but nothing that could show one either: none of 4 writes in scope came with a body")
                .contains("level: RequestResponse", "audit policy");
    }

    @Test
    void aSuspicionIsNoWar() {
        assertThat(CommandLineRun.of("scan", recording("metallb-chisel-metadata"))
                        .exitStatus())
                .isEqualTo(3);
    }

    @Test
    void oneBodyIsEnoughForPeaceButNotForSilenceAboutTheRest() {
        String log = new LogLines().bodiless(19).work(1).toString();
        CommandLineRun run = CommandLineRun.reading(log, "scan", "-");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out())
                .startsWith("No wars seen in 20 writes in scope")
                .contains("95 % of them came without a body");
    }

    @Test
    void exitsWithThreeWhereNobodyWroteAnything() {
        CommandLineRun run = CommandLineRun.reading(new LogLines().reads(5).toString(), "scan", "-");
        assertThat(run.exitStatus()).isEqualTo(3);
        assertThat(run.out())
                .startsWith("No wars seen, but nothing that could show one either: no write in scope among 5 records.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scan /no/such/file | there is no",
                "scan | nothing to read",
                "scan --format yaml x | yaml",
                "scan --class tug-of-wor x | did you mean \"tug-of-war\"?",
                "scan --claas a x | --class",
                "scan --since yesterday x | \"yesterday\" is no time",
                "scan --since 1h --until 2h x | nothing lies between",
                "scan --min-severity bad x | bad",
                "scan --config /no/such.yaml x | there is no file /no/such.yaml",
                "scan --cluster= x | the name is empty",
                "'' | say what to do",
                "scna x | scan",
                "explain tug | no class \"tug\"",
            })
    void exitsWithTwoOnWhatItCannotDoAndSaysWhy(String line, String why) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).startsWith("patchwar: ").contains(why);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void exitsWithTwoOnInputWithoutAnAuditEventAndSaysWhatItFound() {
        CommandLineRun empty = CommandLineRun.reading("", "scan", "-");
        CommandLineRun other = CommandLineRun.reading("hello\n{\"a\":1}\n", "scan", "-");
        assertThat(empty.exitStatus()).isEqualTo(2);
        assertThat(empty.err()).contains("no audit event in the input", "it is empty");
        assertThat(other.exitStatus()).isEqualTo(2);
        assertThat(other.err()).contains("none of 2 records is one:", "1 not-json", "1 not-audit");
    }

    @Test
    void saysWhatItCouldNotReadOfACutFile() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(recording("metallb-chisel")));
        Path cut = dir.resolve("cut.jsonl.gz");
        Files.write(cut, Arrays.copyOf(whole, whole.length * 3 / 4));
        CommandLineRun run = CommandLineRun.of("scan", cut.toString());
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out()).startsWith("3 wars").contains("rejected: ", "cut-off");
    }

    // What is asked for

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--class=tug-of-war | 3 | 0 | 1",
                "--class=hot-loop | 0 | 3 | 0",
                "--class=hot-loop,tug-of-war | 3 | 3 | 1",
                "--resource=services | 3 | 0 | 1",
                "--resource=deployments.apps | 0 | 3 | 0",
                "--resource=deployments | 0 | 3 | 0",
                "--namespace=apps | 3 | 3 | 1",
                "-n=other | 0 | 0 | 0",
                "--min-severity=warning | 3 | 0 | 1",
                "--min-severity=CRITICAL | 0 | 0 | 0",
                "--cluster=prod | 3 | 3 | 1",
            })
    void showsWhatWasAskedForAndAnswersOfThat(String option, int wars, int findings, int exitStatus)
            throws IOException {
        CommandLineRun run = CommandLineRun.of("scan", "--format=json", option, recording("metallb-chisel"));
        JsonNode said = new ObjectMapper().readTree(run.out());
        assertThat(said.path("wars")).hasSize(wars);
        assertThat(said.path("findings")).hasSize(findings);
        assertThat(said.path("conflicts")).hasSize(wars > 1 ? 1 : 0);
        assertThat(said.path("input").path("read").asInt()).isEqualTo(1734);
        assertThat(run.exitStatus()).isEqualTo(exitStatus);
    }

    @Test
    void saysWhatWasLeftOut() {
        CommandLineRun run = CommandLineRun.of("scan", "--class=hot-loop", recording("metallb-chisel"));
        assertThat(run.out()).contains("Asked for: class hot-loop; 3 other wars and findings are not shown.");
    }

    @Test
    void aMisspelledResourceIsBlindnessAndNotPeace() {
        CommandLineRun run = CommandLineRun.of("scan", "--resource=service", recording("metallb-chisel"));
        assertThat(run.exitStatus()).isEqualTo(3);
        assertThat(run.err()).contains("no write of any service in the input; resources are plural");
    }

    @ParameterizedTest
    @CsvSource({
        "--since=2026-11-23T08:00:00Z, 8, 0",
        "--since=2026-11-23T08:00:00.000000001Z, 7, 1",
        "--since=2026-11-23T09:00:07+01:00, 1, 7",
        "--until=2026-11-23T08:00:07Z, 7, 1",
        "--until=2026-11-23T08:00:07.1Z, 8, 0",
        "--since=1h, 8, 0",
        "--since=59m57s, 5, 3",
        "--since=-59m57s, 5, 3",
    })
    void looksAtTheSpanThatWasAskedForOnly(String option, int accepted, int outside) throws IOException {
        CommandLineRun run = CommandLineRun.reading(WAR, "scan", "--format=json", option, "-");
        JsonNode input = new ObjectMapper().readTree(run.out()).path("input");
        assertThat(input.path("accepted").asInt()).isEqualTo(accepted);
        assertThat(input.path("skipped").path("outside-span").asInt()).isEqualTo(outside);
    }

    @Test
    void namesTheCluster() throws IOException {
        JsonNode unnamed = new ObjectMapper()
                .readTree(CommandLineRun.reading(WAR, "scan", "--format=json", "-")
                        .out());
        JsonNode named = new ObjectMapper()
                .readTree(CommandLineRun.reading(WAR, "scan", "--format=json", "--cluster=prod", "-")
                        .out());
        assertThat(unnamed.at("/wars/0/object/cluster").asText()).isEqualTo("default");
        assertThat(named.at("/wars/0/object/cluster").asText()).isEqualTo("prod");
        assertThat(named.at("/sight/prod/resources/configmaps/writes").asInt()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "markdown"})
    void redactsAllValues(String format) {
        String log = new LogLines().values("swordfish", "barracuda").war(8).toString();
        CommandLineRun plain = CommandLineRun.reading(log, "scan", "--format", format, "-");
        CommandLineRun redacted = CommandLineRun.reading(log, "scan", "--redact", "--format", format, "-");
        assertThat(plain.out()).contains("swordfish", "barracuda");
        assertThat(redacted.exitStatus()).isEqualTo(1);
        assertThat(redacted.out()).doesNotContain("swordfish", "barracuda").contains("digest:");
    }

    @Test
    void redactsTheServersWordsWhichMayRepeatAValue() {
        String log = new LogLines()
                .refused(12, "swordfish")
                .toString()
                .replace("\"reason\":\"swordfish\"", "\"reason\":\"Invalid\"");

        assertThat(CommandLineRun.reading(log, "scan", "--format", "json", "-").out())
                .contains("swordfish");
        assertThat(CommandLineRun.reading(log, "scan", "--redact", "--format", "json", "-")
                        .out())
                .contains("rejected", "Invalid")
                .doesNotContain("swordfish");
    }

    @Test
    void followsTheConfiguration() throws IOException {
        Path config = Files.writeString(dir.resolve("p.yaml"), "cluster: there\nrules: {reversals: 100}\n");
        CommandLineRun run = CommandLineRun.reading(WAR, "scan", "--config", config.toString(), "--format=json", "-");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out()).contains("\"there\"");
    }

    @Test
    void ignoresWhatTheConfigurationIgnores() throws IOException {
        Path config = Files.writeString(
                dir.resolve("p.yaml"),
                "ignore: {rules: [{reason: a dance, resources: [configmaps], fields: ['metadata.annotations*']}]}\n");
        assertThat(CommandLineRun.reading(WAR, "scan", "-").exitStatus()).isEqualTo(1);
        assertThat(CommandLineRun.reading(WAR, "scan", "--config", config.toString(), "-")
                        .exitStatus())
                .isZero();
    }

    @Test
    void tellsAllThatIsWrongWithTheConfiguration() throws IOException {
        Path config = Files.writeString(dir.resolve("p.yaml"), "clutser: x\nrules: {reversals: 0}\n");
        CommandLineRun run = CommandLineRun.reading(WAR, "scan", "--config", config.toString(), "-");
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("clutser: unknown key; did you mean \"cluster\"?", "rules.reversals: must be");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void printsWhatHolds() throws IOException {
        Path config = Files.writeString(dir.resolve("p.yaml"), "rules: {window: 90m}\n");
        CommandLineRun run =
                CommandLineRun.of("scan", "--print-config", "--config", config.toString(), "--cluster=prod");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out())
                .containsPattern("cluster +prod\n")
                .containsPattern("rules.window +1h30m\n")
                .containsPattern("rules.reversals +3\n");
    }

    // How it looks

    @Test
    void coloursOnATerminalAndNowhereElse() {
        Terminal terminal = new Terminal(true, true, 100, false);
        Terminal noColour = new Terminal(true, true, 100, true);
        assertThat(CommandLineRun.on(terminal, WAR, "scan", "-").out()).contains("\u001b[1;31m");
        assertThat(CommandLineRun.on(terminal, WAR, "scan", "--color=never", "-")
                        .out())
                .doesNotContain("\u001b");
        assertThat(CommandLineRun.on(noColour, WAR, "scan", "-").out()).doesNotContain("\u001b");
        assertThat(CommandLineRun.on(noColour, WAR, "scan", "--colour=always", "-")
                        .out())
                .contains("\u001b[1;31m");
        assertThat(CommandLineRun.reading(WAR, "scan", "-").out()).doesNotContain("\u001b");
        assertThat(CommandLineRun.on(terminal, WAR, "scan", "--format=json", "-")
                        .out())
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 100, 140})
    void wrapsToTheWidth(int width) {
        Terminal terminal = new Terminal(true, false, width, true);
        String out = CommandLineRun.on(terminal, "", "scan", recording("metallb-chisel"))
                .out();
        // What is to be copied stands as it is.
        assertThat(out.lines().filter(line -> !line.startsWith("        ")))
                .allMatch(line -> line.length() <= Math.max(width, longestWord(line)));
    }

    @Test
    void showsTheSafestCommandsWithTheWarsOwnNamesReadyToCopy() {
        CommandLineRun text = CommandLineRun.of("scan", recording("metallb-chisel"));
        CommandLineRun markdown = CommandLineRun.of("scan", "--format=markdown", recording("metallb-chisel"));
        String command = "kubectl patch services/web-1 -n apps --type=merge -p"
                + " '{\"spec\":{\"type\":\"LoadBalancer\",\"loadBalancerClass\":\"chisel-operator.io/chisel-operator-class\"}}'";
        assertThat(text.out().lines()).contains("        " + command);
        assertThat(markdown.out().lines()).contains("```sh", command);
        assertThat(text.out()).contains("docs/runbooks/remedies.md#service-metallb-chisel");
    }

    @Test
    void saysWhetherAWarFillsEtcdAndThenItIsCritical() throws IOException {
        String log = new LogLines().war(60).toString();
        CommandLineRun unknown = CommandLineRun.reading(log, "scan", "-");
        CommandLineRun holds = CommandLineRun.reading(log, "scan", "--etcd-quota=2MiB", "--etcd-size=1MiB", "-");
        CommandLineRun fills = CommandLineRun.reading(log, "scan", "--etcd-quota=2MiB", "--etcd-size=1990KiB", "-");
        assertThat(words(unknown.out()))
                .contains("WARNING tug-of-war", "until compaction keeps up")
                .doesNotContain("quota");
        assertThat(words(holds.out()))
                .contains("WARNING tug-of-war", "% of its quota of 2 MiB, which they do not fill");
        assertThat(words(fills.out()))
                .contains(
                        "CRITICAL tug-of-war", "fill its quota of 2 MiB in about", "every write in the cluster fails");

        Path config = dir.resolve("etcd.yaml");
        Files.writeString(config, "pressure: {quota: 2MiB, inUse: 1990KiB, watchers: {configmaps: 50}}\n");
        JsonNode said = new ObjectMapper()
                .readTree(CommandLineRun.reading(log, "scan", "--config", config.toString(), "--format=json", "-")
                        .out());
        assertThat(said.at("/wars/0/severity").asText()).isEqualTo("critical");
        assertThat(said.at("/wars/0/pressure/timeToQuotaSeconds").asDouble()).isBetween(30.0, 300.0);
        assertThat(said.at("/wars/0/pressure/watchEventsPerSecond").asDouble()).isBetween(40.0, 60.0);
    }

    @Test
    void aRuleIsTriedOnHistoryAndWhatItMutesIsShown() throws IOException {
        String rule = "{reason: known since Monday, resources: [configmaps], until: %s}";
        CommandLineRun muted = muting(rule.formatted("2026-11-24"));
        CommandLineRun expired = muting(rule.formatted("\"2026-11-23T08:00:05Z\""));
        CommandLineRun unbounded = muting(rule.replace(", until: %s", ""));
        CommandLineRun wrong = muting(rule.formatted("tomorrow"));

        assertThat(muted.exitStatus()).isZero();
        assertThat(words(muted.out()))
                .contains("Muted by the ignore rule \"known since Monday\" (until 2026-11-24T00:00:00Z).")
                .contains("Note: the ignore rule \"known since Monday\" ends at 2026-11-24T00:00:00Z;");
        assertThat(expired.exitStatus()).isEqualTo(1);
        assertThat(words(expired.out()))
                .startsWith("1 war.")
                .contains("Note: the ignore rule \"known since Monday\" ended at 2026-11-23T08:00:05Z");
        assertThat(unbounded.exitStatus()).isZero();
        assertThat(unbounded.out()).contains("Muted").doesNotContain("Note: ");
        assertThat(wrong.exitStatus()).isEqualTo(2);
        assertThat(wrong.err()).contains("ignore.rules[0].until: must be a date");
    }

    private CommandLineRun muting(String rule) throws IOException {
        Path config = dir.resolve("mute.yaml");
        Files.writeString(config, "ignore: {rules: [" + rule + "]}\n");
        return CommandLineRun.reading(WAR, "scan", "--config", config.toString(), "-");
    }

    @ParameterizedTest
    @CsvSource({
        "--etcd-size=1MiB, says nothing without --etcd-quota",
        "--etcd-quota=2GB, is no size from 1MiB",
        "--etcd-quota=1, is no size from 1MiB",
    })
    void refusesSizesThatAreNone(String option, String why) {
        CommandLineRun run = CommandLineRun.reading(WAR, "scan", option, "-");
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains(why);
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static int longestWord(String line) {
        int indent = line.length() - line.stripLeading().length();
        int longest = 0;
        for (String word : line.strip().split(" ", -1)) {
            longest = Math.max(longest, word.length());
        }
        return indent + longest;
    }

    @Test
    void terminalIsWhatTheLauncherSays() {
        Map<String, String> properties = Map.of("patchwar.stdout.terminal", "true");
        Terminal terminal = Terminal.of(Map.of("COLUMNS", "72", "NO_COLOR", "1"), properties::get);
        assertThat(terminal).isEqualTo(new Terminal(true, false, 72, true));
        assertThat(Terminal.of(Map.of(), name -> null)).isEqualTo(new Terminal(false, false, 100, false));
        assertThat(Terminal.of(Map.of("COLUMNS", "x", "NO_COLOR", ""), name -> null)
                        .noColour())
                .isFalse();
        assertThat(Terminal.of(Map.of("COLUMNS", "9999"), name -> null).width()).isEqualTo(140);
    }

    @Test
    void helpTeachesByExamplesAndExitStatuses() {
        CommandLineRun run = CommandLineRun.of("scan", "--help");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.out())
                .contains("Exit status:", "Examples:", "  3   no war seen", "--since", "patchwar scan --format json");
    }
}
