package io.patchwar.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.model.Contender;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.words.WarExamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarJsonTest {

    @ParameterizedTest
    @EnumSource
    void everyClassHasTheSameMembersButForTheRejection(WarClass warClass) throws IOException {
        List<String> members = names(json(WarExamples.war(warClass)));
        List<String> wanted = new ArrayList<>(List.of(
                "id",
                "class",
                "severity",
                "confidence",
                "state",
                "object",
                "fields",
                "contenders",
                "reversals",
                "periodSeconds",
                "startedAt",
                "lastChangeAt",
                "endedAt",
                "evidence",
                "load",
                "summary"));
        if (warClass == WarClass.REJECTED) {
            wanted.add(wanted.size() - 1, "rejection");
        }
        assertThat(members).containsExactlyElementsOf(wanted);
    }

    @Test
    void saysNullWhereNothingIsKnown() throws IOException {
        JsonNode json = json(WarExamples.war(WarClass.TUG_OF_WAR));
        assertThat(json.path("endedAt").isNull()).isTrue();
        assertThat(json.path("object").path("uid").isNull()).isTrue();
        assertThat(json.path("evidence").path(0).path("from").isNull()).isTrue();
    }

    @Test
    void saysWhenAnEndedWarEnded() throws IOException {
        JsonNode json = json(WarExamples.ended(WarExamples.war(WarClass.TUG_OF_WAR)));
        assertThat(json.path("state").asText()).isEqualTo("ended");
        assertThat(json.path("endedAt").asText()).isEqualTo("2026-11-23T08:45:00Z");
    }

    @Test
    void givesThePeriodInSeconds() throws IOException {
        assertThat(json(WarExamples.war(WarClass.TUG_OF_WAR))
                        .path("periodSeconds")
                        .asDouble())
                .isEqualTo(0.143);
    }

    @Test
    void keepsNamesAndValuesAsTheyWereRecorded() throws IOException {
        String hostile = "\u001b[2J\n\u202e`|<";
        Contender contender = WarExamples.contender(hostile, hostile, hostile, hostile, List.of(hostile));
        JsonNode json =
                json(WarExamples.between(WarClass.TUG_OF_WAR, "services", hostile, List.of(contender), 3, null));
        JsonNode said = json.path("contenders").path(0);
        assertThat(said.path("account").asText()).isEqualTo(hostile);
        assertThat(said.path("values").path(hostile).path(0).asText()).isEqualTo(hostile);
        assertThat(json.path("summary").asText()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void writesWhatUtf8CannotHoldAsReplacement() throws IOException {
        Contender contender = WarExamples.contender("a\ud800b😀\udc00", "p", "", "f", List.of());
        JsonNode json = json(WarExamples.between(WarClass.TUG_OF_WAR, "services", "f", List.of(contender), 3, null));
        assertThat(json.path("contenders").path(0).path("account").asText()).isEqualTo("a\ufffdb😀\ufffd");
    }

    private static JsonNode json(War war) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(out)) {
            WarJson.write(war, json);
        }
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
