package io.patchwar.processor.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * What a real API server wrote down, or two of them did, in a cluster of its own named after the recording. Immutable.
 *
 * @param lines single events, in the order of their stamps where there are several servers
 * @param fought how many wars there were, as whoever recorded it knows
 */
public record Recorded(String cluster, List<Line> lines, int fought) {
    private static final Path FOLDER = Path.of("..", "recordings");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of(
            "metallb-chisel",
            "metallb-chisel-request",
            "metallb-chisel-metadata",
            "metallb-chisel-remedied",
            "scenarios",
            "two-servers",
            "peace",
            "webhook-bodies");

    /** An event, and which server's it is. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    public record Line(byte[] event, String source) {}

    /** Every recording. */
    public static List<Recorded> all() throws IOException {
        List<Recorded> all = new ArrayList<>();
        for (String name : NAMES) {
            all.add(of(name));
        }
        return all;
    }

    private static Recorded of(String name) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String file : name.equals("two-servers") ? List.of(name + "-a", name + "-b") : List.of(name)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file + ".jsonl.gz")))) {
                for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    unwrap(line, file, lines);
                }
            }
        }
        if (name.equals("two-servers")) {
            lines.sort(Comparator.comparing(Recorded::stamp));
        }
        JsonNode truth = JSON.readTree(FOLDER.resolve(name + ".truth.json").toFile());
        return new Recorded(name, lines, truth.path("wars").size());
    }

    /** A webhook's body holds many events; ingest makes a record of each. */
    private static void unwrap(String line, String source, List<Line> lines) throws IOException {
        JsonNode json = JSON.readTree(line);
        if (json.path("kind").asText().equals("EventList")) {
            for (JsonNode item : json.path("items")) {
                lines.add(new Line(JSON.writeValueAsBytes(item), source));
            }
        } else {
            lines.add(new Line(line.getBytes(StandardCharsets.UTF_8), source));
        }
    }

    private static Instant stamp(Line line) {
        try {
            return Instant.parse(
                    JSON.readTree(line.event()).path("stageTimestamp").asText());
        } catch (IOException e) {
            throw new IllegalArgumentException("no event", e);
        }
    }

    /** As ingest writes them, and at the end what lets the grace of the last pass. */
    public List<EventRecord> records() {
        List<EventRecord> records = new ArrayList<>();
        for (Line line : lines) {
            records.addAll(EventRecord.of(line.event(), cluster, line.source()));
        }
        Instant last = lines.stream()
                .map(Recorded::stamp)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        lines.stream()
                .map(Line::source)
                .distinct()
                .forEach(source -> records.add(EventRecord.heartbeat(cluster, source, last.plusMillis(5_001), false)));
        return records;
    }

    /** What is wrong with what was said of this recording; empty if nothing. */
    public List<String> differences(WarsTopic topic) {
        CoreAlone core = new CoreAlone(cluster);
        lines.forEach(line -> core.read(line.event(), line.source()));
        Set<String> expected = core.wars();
        Set<String> said = new TreeSet<>();
        topic.document(cluster)
                .path("wars")
                .forEach(war -> said.add(war.path("id").asText()));
        List<String> differences = new ArrayList<>();
        if (expected.size() != fought) {
            differences.add(cluster + ": " + fought + " wars were fought, the core alone finds " + expected);
        }
        if (!said.equals(expected)) {
            differences.add(cluster + ": the core alone finds the wars " + expected + ", here they are " + said);
        }
        return differences;
    }
}
