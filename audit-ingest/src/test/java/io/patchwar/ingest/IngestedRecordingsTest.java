package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real API servers wrote down, through ingest: the wars that were really fought. */
class IngestedRecordingsTest {
    static Stream<String> recordings() {
        return Recordings.names().stream()
                .map(name -> name.replaceFirst("two-servers-[ab]", "two-servers"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void findsTheWarsThatWereFought(String name) throws Exception {
        List<byte[]> lines = new ArrayList<>();
        for (String file : name.equals("two-servers") ? List.of(name + "-a", name + "-b") : List.of(name)) {
            lines.addAll(Recordings.lines(file));
        }
        if (name.equals("two-servers")) {
            lines.sort(java.util.Comparator.comparing(IngestedRecordingsTest::stamp));
        }

        JsonNode said = new IngestedWatch().judge(lines);

        JsonNode truth = new ObjectMapper().readTree(Recordings.truth(name));
        assertThat(places(said.path("wars"), "object")).isEqualTo(places(truth.path("wars"), ""));
    }

    /** Ingest leaves managedFields out; what etcd stores, and pressure counts, has them. */
    @Test
    void tellsWhatWasStoredAsIfNothingHadBeenLeftOut() {
        List<byte[]> lines = Recordings.lines("metallb-chisel").stream()
                .map(IngestedRecordingsTest::withManagedFields)
                .toList();

        JsonNode said = new IngestedWatch().judge(lines);
        JsonNode direct = IngestedWatch.direct(lines);

        assertThat(loads(said)).isNotEmpty().isEqualTo(loads(direct));
    }

    private static byte[] withManagedFields(byte[] line) {
        String fields =
                "\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":{\"f:spec\":\"" + "x".repeat(700) + "\"}}],";
        return new String(line, StandardCharsets.UTF_8)
                .replaceFirst(
                        "(\"responseObject\":\\{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"metadata\":\\{)",
                        "$1" + Matcher.quoteReplacement(fields))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> loads(JsonNode said) {
        Set<String> loads = new TreeSet<>();
        for (JsonNode war : said.path("wars")) {
            loads.add(war.path("object") + " " + war.path("load"));
        }
        return loads;
    }

    private static String stamp(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        int at = text.indexOf("\"stageTimestamp\":\"");
        return text.substring(at + 18, at + 45);
    }

    private static Set<String> places(JsonNode wars, String object) {
        Set<String> places = new TreeSet<>();
        for (JsonNode war : wars) {
            JsonNode at = object.isEmpty() ? war : war.path(object);
            places.add(war.path("class").asText() + " " + at.path("resource").asText() + " "
                    + at.path("namespace").asText() + "/" + at.path("name").asText());
        }
        return places;
    }
}
