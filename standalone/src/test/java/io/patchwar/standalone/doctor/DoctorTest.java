package io.patchwar.standalone.doctor;

import static io.patchwar.standalone.doctor.Defects.atLevel;
import static io.patchwar.standalone.doctor.Defects.each;
import static io.patchwar.standalone.doctor.Defects.isResource;
import static io.patchwar.standalone.doctor.Defects.isStored;
import static io.patchwar.standalone.doctor.Defects.recording;
import static io.patchwar.standalone.doctor.Defects.some;
import static io.patchwar.standalone.doctor.Defects.without;
import static io.patchwar.standalone.doctor.Defects.write;
import static io.patchwar.standalone.doctor.Defects.writeLines;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.standalone.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each planted defect is named, and nothing else is; of a healthy log nothing is said. */
class DoctorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = Long.getLong("patchwar.seed", 20261124);

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);

    private static CommandLineRun doctor(Object... arguments) {
        return CommandLineRun.of(
                Stream.concat(Stream.of("doctor"), Arrays.stream(arguments).map(String::valueOf))
                        .toArray(String[]::new));
    }

    /** The words of what was found. */
    private static List<String> found(Object... arguments) throws IOException {
        var run = doctor(Stream.concat(Stream.of("--format", "json"), Arrays.stream(arguments))
                .toArray());
        assertThat(run.exitStatus()).as("seed %d: %s", SEED, run.err()).isIn(0, 1);
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.get("schema").asText()).isEqualTo(DoctorJson.SCHEMA);
        assertThat(report.get("healthy").asBoolean()).isEqualTo(run.exitStatus() == 0);
        return StreamSupport.stream(report.get("findings").spliterator(), false)
                .map(finding -> finding.get("symptom").asText())
                .toList();
    }

    private Path log(String name) {
        return directory.resolve(name);
    }

    private static Path recorded(String name) {
        return Path.of("..", "recordings", name + ".jsonl.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metallb-chisel", "metallb-chisel-remedied", "scenarios", "peace", "webhook-bodies"})
    void saysNothingOfAHealthyLog(String name) throws IOException {
        assertThat(found(recorded(name))).isEmpty();
        assertThat(doctor(recorded(name)).out()).startsWith("Nothing is wrong, in ");
    }

    @Test
    void saysNothingOfTwoServersLogsTogether() throws IOException {
        assertThat(found(recorded("two-servers-a"), recorded("two-servers-b"), "--servers", 2))
                .isEmpty();
    }

    @Test
    void namesTheMissingServerOfTwo() throws IOException {
        assertThat(found(recorded("two-servers-a"))).containsExactly("missing-server");
        assertThat(found(recorded("metallb-chisel"), "--servers", 3)).containsExactly("missing-server");
    }

    @Test
    void namesAServerThatFellSilent() throws IOException {
        List<ObjectNode> one = recording("two-servers-a");
        var more = new ArrayList<>(one);
        // The first server goes on for an hour, alone.
        for (int i = 1; i <= 12; i++) {
            ObjectNode later = Defects.later(one.get(one.size() - 1).deepCopy(), Duration.ofMinutes(5L * i));
            more.add(later.put("auditID", "later-" + i));
        }
        Path a = write(log("a.log"), more);
        assertThat(found(a, recorded("two-servers-b"))).containsExactly("missing-server");
    }

    @Test
    void namesWritesWithoutBodies() throws IOException {
        assertThat(found(recorded("metallb-chisel-metadata"))).containsExactly("metadata-only");
        var events =
                some(recording("scenarios"), random, 1, e -> isResource(e, "services"), e -> atLevel(e, "Metadata"));
        assertThat(found(write(log("audit.log"), events))).containsExactly("metadata-only");
    }

    @Test
    void namesWritesWithoutReplies() throws IOException {
        assertThat(found(recorded("metallb-chisel-request"))).containsExactly("no-replies");
    }

    @Test
    void namesTruncation() throws IOException {
        var events = some(recording("metallb-chisel"), random, 0.02, Defects::isStored, Defects::truncated);
        assertThat(found(write(log("audit.log"), events))).containsExactly("truncated");
    }

    @Test
    void namesLostWrites() throws IOException {
        var events = without(recording("metallb-chisel"), e -> isStored(e) && random.nextDouble() < 0.03);
        assertThat(found(write(log("audit.log"), events))).containsExactly("missed-writes");
    }

    @Test
    void namesClocksThatDiffer() throws IOException {
        Path b = write(log("b.log"), each(recording("two-servers-b"), e -> Defects.later(e, Duration.ofSeconds(-20))));
        var run = doctor(recorded("two-servers-a"), b);
        assertThat(found(recorded("two-servers-a"), b)).contains("clock-skew").doesNotContain("restored-etcd");
        assertThat(run.out()).contains("b.log is behind", "two-servers-a.jsonl by ");
    }

    @Test
    void namesALogThatIsReadTwice() throws IOException {
        Path copy = log("webhook.log");
        Files.copy(recorded("metallb-chisel"), copy);
        assertThat(found(recorded("metallb-chisel"), copy)).containsExactly("duplicates");
    }

    @Test
    void namesBothCategoriesOfAzure() throws IOException {
        var lines = recording("metallb-chisel").stream()
                .flatMap(e -> Stream.of(Defects.azure(e, "kube-audit"), Defects.azure(e, "kube-audit-admin")))
                .toList();
        assertThat(found(writeLines(log("hub.json"), lines))).containsExactly("kube-audit-twice");
    }

    @Test
    void namesManagedFields() throws IOException {
        Path log = write(log("audit.log"), each(recording("scenarios"), Defects::withManagedFields));
        assertThat(found(log)).containsExactly("managed-fields");
    }

    @Test
    void namesTheStageRequestReceived() throws IOException {
        Path log = write(log("audit.log"), Defects.withRequestReceived(recording("metallb-chisel")));
        assertThat(found(log)).containsExactly("request-received");
    }

    @Test
    void namesReads() throws IOException {
        var events = new ArrayList<>(recording("metallb-chisel"));
        for (ObjectNode event : List.copyOf(events)) {
            ObjectNode read = event.deepCopy()
                    .put("verb", "get")
                    .put("auditID", event.get("auditID").asText() + "-get");
            read.remove(List.of("requestObject", "responseObject"));
            events.add(read);
        }
        assertThat(found(write(log("audit.log"), events))).containsExactly("reads");
    }

    @Test
    void namesLinesThatFluentBitCut() throws IOException {
        var grown =
                some(recording("scenarios"), random, 0.02, Defects::isStored, event -> Defects.grown(event, 40_000));
        Path log = writeLines(log("audit.log"), Defects.cutAt(grown, 32 << 10));
        assertThat(found(log)).contains("cut-lines");
        assertThat(doctor(log).out()).contains("Fluent Bit's buffer_max_size").doesNotContain("Vector's");
    }

    @Test
    void namesLinesThatVectorCut() throws IOException {
        var grown =
                some(recording("scenarios"), random, 0.01, Defects::isStored, event -> Defects.grown(event, 200_000));
        Path log = writeLines(
                log("audit.log"),
                grown.stream()
                        .map(ObjectNode::toString)
                        .map(line -> line.substring(0, Math.min(line.length(), 100 << 10)))
                        .toList());
        assertThat(found(log)).contains("cut-lines");
        assertThat(doctor(log).out()).contains("Vector's max_line_bytes").doesNotContain("Fluent Bit's buffer");
    }

    @Test
    void namesWhatCloudWatchCut() throws IOException {
        var grown = some(recording("metallb-chisel"), random, 0.001, Defects::isStored, e -> Defects.grown(e, 300_000));
        Path log = writeLines(
                log("audit.log"),
                grown.stream()
                        .map(ObjectNode::toString)
                        .map(line -> line.length() < 262_144 ? line : line.substring(0, 262_118) + "[Truncated...]")
                        .toList());
        assertThat(found(log)).containsExactly("cut-lines");
        assertThat(doctor(log).out()).contains("as CloudWatch's do");
    }

    @Test
    void takesALastLineThatIsStillBeingWrittenForNoDefect() throws IOException {
        List<String> lines = new ArrayList<>(recording("metallb-chisel-remedied").stream()
                .map(ObjectNode::toString)
                .toList());
        lines.add(lines.get(0).substring(0, 300));
        assertThat(found(writeLines(log("audit.log"), lines))).isEmpty();
    }

    @Test
    void namesElasticsIntegration() throws IOException {
        Path log = write(log("audit.json"), each(recording("metallb-chisel"), Defects::elastic));
        assertThat(found(log)).containsExactly("no-object-metadata");
    }

    @Test
    void namesTheForwardersFilter() throws IOException {
        var events = each(
                some(
                        recording("scenarios"),
                        random,
                        1,
                        e -> e.path("user").path("username").asText().startsWith("system:"),
                        e -> atLevel(e, "Request")),
                // As the forwarder merges them: the level is the log's, and the event's own stands beside it.
                e -> e.put("k8s_audit_level", e.get("level").asText()).put("level", "default"));
        assertThat(found(write(log("audit.log"), events))).containsExactly("no-replies", "forwarder-filter");
    }

    @Test
    void saysNothingOfWhatTheForwarderOfOpenShiftMergesUnfiltered() throws IOException {
        var events = each(
                recording("metallb-chisel"),
                e -> e.put("k8s_audit_level", e.get("level").asText()).put("level", "default"));
        assertThat(found(write(log("audit.log"), events))).isEmpty();
    }

    @Test
    void namesBodiesThatALogStoreLeftOut() throws IOException {
        var events = some(
                recording("metallb-chisel"),
                random,
                0.05,
                Defects::isStored,
                event -> event.put("responseObject", "skipped-too-big-size-object"));
        assertThat(found(write(log("audit.log"), events))).contains("body-left-out");
    }

    @Test
    void notesThatKubeletsAreHidden() throws IOException {
        var events = without(
                recording("peace"),
                e -> e.path("user").path("username").asText().startsWith("system:node:"));
        Path log = write(log("audit.log"), events);
        assertThat(found(log)).containsExactly("kubelets-hidden");
        assertThat(doctor(log).exitStatus()).isZero();
    }

    @Test
    void namesSecretsInTheLogAndShowsNone() throws IOException {
        var events = new ArrayList<>(recording("metallb-chisel"));
        events.add(Defects.secret(events.get(events.size() - 1), "aHVudGVyMg=="));
        Path log = write(log("audit.log"), events);
        assertThat(found(log)).containsExactly("secrets-exposed");
        assertThat(doctor(log).out()).contains("secrets shop/database").doesNotContain("aHVudGVyMg");
    }

    @Test
    void namesABatchThatWaits() throws IOException {
        Path log = writeLines(log("bodies"), Defects.posted(recording("two-servers-b"), Duration.ofSeconds(12)));
        assertThat(found(log, recorded("two-servers-a"))).containsExactly("batch-wait");
    }

    @Test
    void namesAShipperThatIsLate() throws IOException {
        var lines = recording("metallb-chisel").stream()
                .map(event -> JSON.createObjectNode()
                        .put("@timestamp", Defects.time(event).plusSeconds(45).toString())
                        .put("message", event.toString())
                        .toString())
                .toList();
        assertThat(found(writeLines(log("shipped.json"), lines))).containsExactly("late-arrival");
    }

    @Test
    void namesARestoredStore() throws IOException {
        Path log = write(log("audit.log"), Defects.restored(recording("metallb-chisel")));
        assertThat(found(log)).containsExactly("restored-etcd");
    }

    @Test
    void namesTheLegacyFormat() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add("2026-11-23T08:44:40.205845Z AUDIT: id=\"" + i
                    + "\" stage=\"ResponseComplete\" ip=\"127.0.0.1\" method=\"update\" user=\"a\"");
        }
        var run = doctor(writeLines(log("audit.log"), lines));
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out()).contains("[legacy-format]", "--audit-log-format=json");
    }

    @Test
    void namesWhatIsNoAuditEvent() throws IOException {
        List<String> lines = new ArrayList<>(recording("metallb-chisel-remedied").stream()
                .map(ObjectNode::toString)
                .toList());
        for (int i = 0; i < 20; i++) {
            lines.add("{\"level\":\"info\",\"ts\":" + i + ",\"msg\":\"reconciled\",\"controller\":\"x\"}");
        }
        assertThat(found(writeLines(log("audit.log"), lines))).containsExactly("unreadable");
    }

    @Test
    void takesRotatedFilesForOneServer() throws IOException {
        List<ObjectNode> events = recording("metallb-chisel");
        int half = events.size() / 2;
        write(log("audit-2026-11-23T08-44-55.123.log"), events.subList(0, half));
        write(log("audit.log"), events.subList(half, events.size()));
        var run = doctor("--format", "json", directory);
        assertThat(JSON.readTree(run.out()).get("servers")).hasSize(1);
    }

    @Test
    void couldNotTellWhereNothingIsToRead() {
        Path nothing = writeLines(log("audit.log"), List.of());
        assertThat(doctor(nothing).exitStatus()).isEqualTo(2);
        assertThat(doctor(log("absent.log")).exitStatus()).isEqualTo(2);
        assertThat(doctor().exitStatus()).isEqualTo(2);
        assertThat(doctor(recorded("peace"), "--servers", 0).exitStatus()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void everySymptomSaysWhatItMeansAndWhatToChangeAndIsInTheGuide(Symptom symptom) throws IOException {
        assertThat(symptom.title()).isNotBlank();
        assertThat(symptom.meaning()).endsWith(".");
        assertThat(symptom.change()).endsWith(".");
        assertThat(Files.readString(Path.of("..", "docs", "doctor.md"))).contains("`" + symptom.word() + "`");
    }
}
