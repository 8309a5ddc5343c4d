package io.patchwar.standalone.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.standalone.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What real API servers wrote down, scanned: the wars that were really fought, whatever happened to the log on its way. */
class RecordingsTest {
    @TempDir
    Path folder;

    static List<String> recordings() {
        return Recording.NAMES;
    }

    /** Sixty times as slow the silences of the slow wars would outlast the window: a second war each. */
    static Stream<String> recordingsFastEnough() {
        return Recording.NAMES.stream().filter(name -> !name.equals("slow"));
    }

    static Stream<Arguments> seeds() {
        return Recording.NAMES.stream().flatMap(name -> Stream.of(11L, 12L).map(seed -> Arguments.of(name, seed)));
    }

    /** Without replies there is only time to order by: clocks that disagree are all there is. */
    static Stream<Arguments> seedsOfVersioned() {
        return seeds().filter(a -> !List.of(
                        "metallb-chisel-metadata",
                        "metallb-chisel-request",
                        "quarrels-request",
                        "charts-request",
                        "one-side-unseen")
                .contains(a.get()[0]));
    }

    static Stream<Arguments> cuts() {
        return Stream.of("metallb-chisel", "scenarios", "webhook-bodies", "two-servers")
                .flatMap(name -> IntStream.rangeClosed(1, 10).mapToObj(tenth -> Arguments.of(name, tenth)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void saysExactlyTheWarsThatWereFought(String name) throws IOException {
        assertThat(Recording.truth(name).differences(scan(Recording.of(name)), true))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void saysTheSameOfShuffledAndDoubledLines(String name, long seed) throws IOException {
        Recording recording = Recording.of(name);
        JsonNode said = scan(recording.shuffledAndDoubled(new Random(seed)));

        assertThat(Recording.truth(name).differences(said, true)).isEmpty();
        assertThat(ids(said)).isEqualTo(ids(scan(recording)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void saysTheSameWhenEveryEventComesTwiceOrTheLogIsReplayed(String name) throws IOException {
        Recording recording = Recording.of(name);
        Set<String> ids = ids(scan(recording));

        assertThat(ids(scan(recording.doubled()))).isEqualTo(ids);
        assertThat(ids(scan(recording))).isEqualTo(ids);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordingsFastEnough")
    void seesTheSameWarsSixtyTimesSlower(String name) throws IOException {
        assertThat(Recording.truth(name).differences(scan(Recording.of(name).slowed(60)), false))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seedsOfVersioned")
    void seesTheSameWarsInThreeFilesWithSkewedClocks(String name, long seed) throws IOException {
        Recording recording = Recording.of(name);
        JsonNode apart = scan(recording.splitWithSkewedClocks(3, 2_000, new Random(seed)));
        JsonNode nearly = scan(recording.splitWithSkewedClocks(3, 100, new Random(seed)));

        assertThat(Recording.truth(name).differences(apart, false)).isEmpty();
        assertThat(Recording.truth(name).differences(nearly, false)).isEmpty();
        // A round against admission and a delete answered by a Status have no version of their own. Which of them was
        // the
        // first, and names the war, is known as far as the clocks agree to less than the time between two.
        assertThat(ids(nearly)).isEqualTo(ids(scan(recording)));
    }

    @ParameterizedTest(name = "{0}, cut after {1} elevenths")
    @MethodSource("cuts")
    void seesTheSameWarsInALogCutInTwo(String name, int tenths) throws IOException {
        Recording recording = Recording.of(name);
        JsonNode said = scan(recording.cut(tenths));

        assertThat(Recording.truth(name).differences(said, true)).isEmpty();
        assertThat(ids(said)).isEqualTo(ids(scan(recording)));
    }

    private JsonNode scan(Recording recording) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("scan", "--format", "json"));
        arguments.addAll(recording.writeTo(folder));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(new String[0]));
        assertThat(run.exitStatus()).as(run.err()).isIn(0, 1, 3);
        return new ObjectMapper().readTree(run.out());
    }

    private static Set<String> ids(JsonNode said) {
        Set<String> ids = new TreeSet<>();
        said.path("wars").forEach(war -> ids.add(war.path("id").asText()));
        return ids;
    }
}
