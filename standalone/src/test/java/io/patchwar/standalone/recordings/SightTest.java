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
import java.util.Map;
import java.util.TreeMap;
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
        assertThat(counts(sight.path("resources"), counted)).isEqualTo(counted.resources);
    }

    /** Of what the document says, whatever was counted by hand; a write that came too late is one that came. */
    private static Map<String, Map<String, Long>> counts(JsonNode resources, CountedByHand counted) {
        Map<String, Map<String, Long>> said = new TreeMap<>();
        resources.fields().forEachRemaining(resource -> {
            Map<String, Long> members = new TreeMap<>();
            Map<String, Long> wanted = counted.resources.getOrDefault(resource.getKey(), Map.of());
            wanted.keySet()
                    .forEach(member ->
                            members.put(member, resource.getValue().path(member).asLong(-1)));
            said.put(resource.getKey(), members);
        });
        return said;
    }

    private JsonNode scan(Recording recording) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("scan", "--format", "json"));
        arguments.addAll(recording.writeTo(folder));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(new String[0]));
        assertThat(run.exitStatus()).as(run.err()).isIn(0, 1, 3);
        return new ObjectMapper().readTree(run.out());
    }
}
