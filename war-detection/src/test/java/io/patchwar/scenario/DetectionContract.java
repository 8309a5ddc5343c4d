package io.patchwar.scenario;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every engine has to say of every scenario, in every variant and at every level, and that it says the same,
 * whatever the order in which lines arrive within the grace and however often. Extend it and name the engine.
 *
 * <p>The shuffling's seed is printed with a failure; {@code -Dpatchwar.seed=…} sets another.
 */
public abstract class DetectionContract {

    private static final int SHOWN_LINES = 6;
    private static final int SHOWN_CHARACTERS = 400;

    /** A fresh engine, or one that keeps nothing from one judgement to the next. */
    protected abstract Engine engine();

    /** How the lines may arrive without changing what they say; the same seed, the same arrival. */
    protected List<byte[]> arrival(List<byte[]> log, long seed) {
        return Arrival.shuffled(log, seed);
    }

    @TestFactory
    Stream<DynamicNode> judges() {
        return Scenarios.all().stream().map(this::container);
    }

    DynamicNode container(Scenario scenario) {
        return DynamicContainer.dynamicContainer(
                scenario.name(),
                scenario.runs().stream()
                        .flatMap(run -> Stream.of(
                                DynamicTest.dynamicTest(run.title(), () -> judgesRightly(run)),
                                DynamicTest.dynamicTest(
                                        run.title() + ", in whatever order the lines arrive",
                                        () -> judgesTheSameShuffled(run)))));
    }

    void judgesRightly(Scenario.Run run) {
        List<byte[]> log = ScenarioPlay.log(run);
        hold(run, log, engine().judge(log), "");
    }

    void judgesTheSameShuffled(Scenario.Run run) {
        List<byte[]> log = ScenarioPlay.log(run);
        long seed = Long.getLong("patchwar.seed", 20_261_123L);
        List<byte[]> shuffled = arrival(log, seed);
        JsonNode said = engine().judge(shuffled);
        String how = "\nseed: " + seed + " (lines shuffled inside the grace, a third doubled)";
        hold(run, log, said, how);
        Set<String> ids = ids(engine().judge(log));
        if (!ids.equals(ids(said))) {
            fail(run.title() + how + "\nin order it names the wars " + ids + "\nshuffled " + ids(said)
                    + story(run, log));
        }
    }

    private static void hold(Scenario.Run run, List<byte[]> log, JsonNode said, String how) {
        Set<String> auditIds = log.stream().map(Arrival::auditId).collect(Collectors.toSet());
        List<String> differences = VerdictCheck.differences(run.verdict(), said, auditIds);
        if (!differences.isEmpty()) {
            fail(run.title() + how + "\n" + String.join("\n", differences) + "\nsaid: wars "
                    + shortened(said.path("wars")) + " findings " + shortened(said.path("findings")) + story(run, log));
        }
    }

    private static String story(Scenario.Run run, List<byte[]> log) {
        String lines = log.stream()
                .limit(SHOWN_LINES)
                .map(line -> cut(new String(line, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("\n"));
        return "\nscenario " + run.scenario().id() + ": "
                + run.scenario().says().strip() + "\n(" + log.size() + " lines; ScenarioShow prints them all)\n"
                + lines;
    }

    private static String shortened(JsonNode said) {
        return said.size() + " " + cut(said.toString());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private static Set<String> ids(JsonNode said) {
        Set<String> ids = new TreeSet<>();
        said.path("wars").forEach(war -> ids.add(war.path("id").asText()));
        return ids;
    }
}
