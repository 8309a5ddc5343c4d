package io.patchwar.processor.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.scenario.Arrival;
import io.patchwar.scenario.Scenario;
import io.patchwar.scenario.ScenarioPlay;
import io.patchwar.scenario.Scenarios;
import io.patchwar.scenario.VerdictCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One run of a scenario in a cluster of its own, and what must be said of it: the scenario's verdict, and the very wars that the
 * core finds when it is alone, ids included.
 */
public record Play(Scenario.Run run, String cluster, List<byte[]> log) {

    /** Every run of the scenario; its clusters are named after it. */
    public static List<Play> of(Scenario scenario) {
        List<Play> plays = new ArrayList<>();
        for (Scenario.Run run : scenario.runs()) {
            plays.add(new Play(run, scenario.id() + "-" + plays.size(), ScenarioPlay.log(run)));
        }
        return plays;
    }

    /** Every run of every scenario. */
    public static List<Play> all() {
        return Scenarios.all().stream()
                .flatMap(scenario -> of(scenario).stream())
                .toList();
    }

    /** The records in their order, as of one source. */
    public List<EventRecord> records() {
        return records(log, "apiserver");
    }

    /** The records as they may arrive within the grace, a third of them twice, of two sources. */
    public List<EventRecord> shuffled(long seed) {
        List<EventRecord> records = new ArrayList<>();
        int i = 0;
        for (byte[] line : Arrival.shuffled(log, seed)) {
            records.addAll(EventRecord.of(line, cluster, "apiserver-" + i++ % 2));
        }
        return records;
    }

    private List<EventRecord> records(List<byte[]> lines, String source) {
        return lines.stream()
                .flatMap(line -> EventRecord.of(line, cluster, source).stream())
                .toList();
    }

    /** The oldest stamp in the log. */
    public Instant first() {
        return log.stream().map(Arrival::stamp).min(Instant::compareTo).orElseThrow();
    }

    /** The newest stamp in the log. */
    public Instant last() {
        return log.stream().map(Arrival::stamp).max(Instant::compareTo).orElseThrow();
    }

    /** What is wrong with what was said of this run; empty if nothing. */
    public List<String> differences(WarsTopic wars) {
        ObjectNode said = wars.document(cluster);
        ObjectNode input = said.putObject("input");
        input.put("read", log.size()).put("accepted", log.size());
        input.putObject("skipped");
        input.putObject("rejected");
        Set<String> auditIds = log.stream().map(Arrival::auditId).collect(Collectors.toSet());
        List<String> differences = new ArrayList<>(VerdictCheck.differences(run.verdict(), said, auditIds));
        Set<String> ids = new TreeSet<>();
        said.path("wars").forEach(war -> ids.add(war.path("id").asText()));
        Set<String> core = core();
        if (!ids.equals(core)) {
            differences.add("the core alone finds the wars " + core + ", here they are " + ids);
        }
        return differences.stream()
                .map(difference -> run.scenario().id() + ", " + run.title() + ": " + difference)
                .toList();
    }

    private Set<String> core() {
        CoreAlone core = new CoreAlone(cluster);
        log.forEach(line -> core.read(line, "apiserver"));
        return core.wars();
    }
}
