package io.patchwar.standalone.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchwar.model.WarClass;
import io.patchwar.remedies.Remedies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue of remedies, chapter by chapter, against the schema that is published for it. */
class RemediesSchemaTest {
    private static final Path SCHEMA = Path.of("..", "docs", "schema", "remedies-v1.schema.json");

    static List<String> chapters() {
        return Remedies.all().stream().map(Remedies.Chapter::name).toList();
    }

    private static JsonNode schemaText() throws IOException {
        return new ObjectMapper().readTree(SCHEMA.toFile());
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText());
    }

    private static JsonNode chapter(String name) throws IOException {
        try (InputStream yaml = Remedies.class.getResourceAsStream(name + ".yaml")) {
            assertThat(yaml).as(name).isNotNull();
            return new YAMLMapper().readTree(yaml);
        }
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void everyChapterIsAsTheSchemaHasIt(String name) throws IOException {
        JsonNode chapter = chapter(name);

        assertThat(chapter.path("remedies")).isNotEmpty();
        assertThat(schema().validate(chapter)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "title", "when", "cause", "options", "sources"})
    void aRemedyThatLacksAPartIsRefused(String part) throws IOException {
        JsonNode chapter = chapter("services");
        ((ObjectNode) chapter.path("remedies").path(0)).remove(part);

        assertThat(schema().validate(chapter)).isNotEmpty();
    }

    @Test
    void aSlipOfTheHandIsRefused() throws IOException {
        JsonNode chapter = chapter("services");
        ((ObjectNode) chapter.path("remedies").path(0)).put("comands", "kubectl get nodes");

        assertThat(schema().validate(chapter)).isNotEmpty();
    }

    @Test
    void knowsEveryClassAndNoOther() throws IOException {
        List<String> known = new ArrayList<>();
        schemaText()
                .at("/$defs/remedy/properties/when/properties/classes/items/enum")
                .forEach(word -> known.add(word.asText()));

        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(WarClass.values()).map(WarClass::word).toList());
    }
}
