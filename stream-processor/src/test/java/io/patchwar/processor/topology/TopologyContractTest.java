package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.Play;
import io.patchwar.processor.stage.Recorded;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.processor.stage.WarsTopic;
import io.patchwar.scenario.Scenario;
import io.patchwar.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The detection contract on the topology: it says of every run of every scenario what its verdict wants, and finds the very wars
 * that the core finds alone, ids included; also when lines arrive in any order within the grace, and twice. The runs of a scenario
 * are clusters of one topology, so that they also must not disturb one another.
 */
class TopologyContractTest {
    private static final long SEED = Long.getLong("patchwar.seed", 20_261_123L);

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> judges() {
        return Scenarios.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> judge(scenario)));
    }

    @Test
    void findsTheWarsThatWereRecorded() throws IOException {
        List<Recorded> recordings = Recorded.all();
        try (DrivenTopology topology =
                new DrivenTopology(TestConfigs.on("127.0.0.1:1", directory.resolve("recordings"), 1))) {
            recordings.forEach(recording -> recording.records().forEach(topology::pipe));
            WarsTopic wars = wars(topology);

            assertThat(recordings)
                    .flatMap(recording -> recording.differences(wars))
                    .isEmpty();
            assertThat(wars.repeated()).as("announcements made twice").isZero();
        }
    }

    private void judge(Scenario scenario) {
        List<Play> plays = Play.of(scenario);
        List<String> differences = new ArrayList<>();
        try (DrivenTopology topology =
                new DrivenTopology(TestConfigs.on("127.0.0.1:1", directory.resolve(scenario.id()), 1))) {
            plays.forEach(play -> play(topology, play, play.records()));
            WarsTopic wars = wars(topology);
            plays.forEach(play -> differences.addAll(play.differences(wars)));
            assertThat(wars.repeated()).as("announcements made twice").isZero();
        }
        try (DrivenTopology topology =
                new DrivenTopology(TestConfigs.on("127.0.0.1:1", directory.resolve(scenario.id() + "-shuffled"), 1))) {
            plays.forEach(play -> play(topology, play, play.shuffled(SEED)));
            WarsTopic wars = wars(topology);
            plays.forEach(play -> play.differences(wars).stream()
                    .map(difference -> "shuffled with seed " + SEED + ", " + difference)
                    .forEach(differences::add));
        }
        assertThat(differences).isEmpty();
    }

    /** The sources are not said to deliver in order, so all is held until it is heard that the grace is over. */
    private static void play(DrivenTopology topology, Play play, List<EventRecord> records) {
        records.forEach(topology::pipe);
        topology.pipe(
                EventRecord.heartbeat(play.cluster(), "apiserver", play.last().plusMillis(5_001), false));
    }

    private static WarsTopic wars(DrivenTopology topology) {
        WarsTopic wars = new WarsTopic();
        topology.written("wars").forEach(war -> wars.take(war.key(), war.value()));
        return wars;
    }
}
