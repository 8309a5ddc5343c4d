package io.patchwar.standalone.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.standalone.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JSON says of its own sight, held against recordings whose events are counted in the plainest way. */
class SightTest {
    @TempDir
    Path folder;

    static List<String> recordings() {
        return Recording.NAMES;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void saysOfEachResourceWhatCouldBeSeenOfItsWrites(String name) throws IOException {
        holds(Recording.of(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void countsWhatComesTwiceBesideTheWrites(String name) throws IOException {
        holds(Recording.of(name).doubled());
    }

    @Test
    void seesNoBodiesWhereNoneWereRecorded() throws IOException {
        JsonNode sight = scan(Recording.of("metallb-chisel-metadata")).at("/sight/default/resources");

        assertThat(sight).isNotEmpty();
        sight.forEach(resource -> {
            assertThat(resource.path("writes").asLong()).isPositive();
            assertThat(resource.path("withBodies").asLong()).isZero();
            assertThat(resource.path("withReplies").asLong()).isZero();
        });
    }

    private void holds(Recording recording) throws IOException {
        CountedByHand counted = CountedByHand.of(recording);
        JsonNode said = scan(recording);
        JsonNode sight = said.at("/sight/default");

        assertThat(said.path("sight")).hasSize(1);
        assertThat(said.at("/input/accepted").asLong()).isEqualTo(counted.accepted);
        assertThat(Instant.parse(sight.path("first").asText())).isEqualTo(counted.first);
        assertThat(Instant.parse(sight.path("last").asText())).isEqualTo(counted.last);
        for (String member : List.of("evicted", "judgedEarly", "forgotten")) {
            assertThat(sight.path(member).asLong(-1)).as(member).isZero();
        }
        assertThat(sight.path("resources").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(counted.resources.keySet());
        counted.resources.forEach((resource, counts) -> {
            JsonNode seen = sight.path("resources").path(resource);
            counts.forEach((member, byHand) -> holds(resource + " " + member, seen, member, byHand));
        });
    }

    /**
     * A write that came too late to be judged is counted as that, and as nothing else: which ones those are is for whoever keeps the objects'
     * states to know, so of each number at most so many may be missing, and of all writes exactly so many.
     */
    private static void holds(String what, JsonNode seen, String member, long byHand) {
        long late = seen.path("late").asLong(-1);
        long said = seen.path(member).asLong(-1);
        assertThat(late).as(what).isNotNegative();
        if (member.equals("writes")) {
            assertThat(said + late).as(what).isEqualTo(byHand);
        } else {
            assertThat(said).as(what).isBetween(byHand - late, byHand);
        }
    }

    private JsonNode scan(Recording recording) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("scan", "--format", "json"));
        arguments.addAll(recording.writeTo(folder));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(new String[0]));
        assertThat(run.exitStatus()).as(run.err()).isIn(0, 1, 3);
        return new ObjectMapper().readTree(run.out());
    }
}
