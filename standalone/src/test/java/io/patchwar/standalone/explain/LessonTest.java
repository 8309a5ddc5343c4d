package io.patchwar.standalone.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.model.WarClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LessonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, JsonNode> RECORDED = new HashMap<>();

    @BeforeAll
    static void readTheRecordings() throws IOException {
        for (String name : List.of("metallb-chisel", "metallb-chisel-metadata", "scenarios")) {
            Path file = Path.of("..", "recordings", name + ".jsonl.gz");
            try (var lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode event = JSON.readTree(line);
                    RECORDED.put(event.path("auditID").asText(), event);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyClassIsTaughtWithAnExampleAndWhatToDo(WarClass warClass) {
        String lesson = Lesson.of(warClass).render(80);
        assertThat(lesson)
                .startsWith(warClass.word() + ": ")
                .contains(
                        "\nWhat it is. ",
                        "\nThe rule. ",
                        "\nWhat looks like it and is none. ",
                        "\nExample, ",
                        "\nWhat to do. ");
        assertThat(lesson).as("a number that nobody filled in").doesNotContainPattern("\\{[a-zA-Z]+}");
        assertThat(examples(lesson)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(lesson.lines().filter(line -> !line.startsWith("  {"))).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCalledRealWasRecordedMemberForMember(WarClass warClass) {
        String lesson = Lesson.of(warClass).render(80);
        boolean real = lesson.replace('\n', ' ').contains("real events");
        assertThat(real || lesson.replace('\n', ' ').contains("written by hand"))
                .isTrue();
        for (JsonNode example : examples(lesson)) {
            if (real) {
                JsonNode recorded = RECORDED.get(example.path("auditID").asText());
                assertThat(recorded).as(example.path("auditID").asText()).isNotNull();
                assertThat(contains(recorded, example)).as(example.toString()).isTrue();
            } else {
                assertThat(example.has("auditID")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TUG_OF_WAR | 3 reversals by one and the same contender within 6h",
                "RECREATE | needs 6 within 30m",
                "CONTENTION | more than 90 % of the values",
                "HOT_LOOP | 60 accepted writes of one object by one instance within 2m",
                "REJECTED | fewer than one accepted for every 5 of them",
            })
    void rulesHaveTheNumbersThatHold(WarClass warClass, String rule) {
        assertThat(Lesson.of(warClass).render(10_000)).contains(rule);
    }

    @Test
    void theListHasEveryClassOnce() {
        String list = Lesson.list();
        for (WarClass c : WarClass.values()) {
            assertThat(list.lines().filter(line -> line.startsWith("  " + c.word() + " ")))
                    .hasSize(1);
        }
    }

    private static List<JsonNode> examples(String lesson) {
        return lesson.lines()
                .filter(line -> line.startsWith("  {"))
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    private static boolean contains(JsonNode whole, JsonNode part) {
        if (!part.isObject()) {
            return whole.equals(part);
        }
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            JsonNode inner = whole.get(member.getKey());
            if (inner == null || !contains(inner, member.getValue())) {
                return false;
            }
        }
        return true;
    }
}
