package io.patchwar.standalone;

import static io.patchwar.standalone.CommandLineRun.recording;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real output against the schema that is published, and the schema against its documentation. */
class JsonContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMA = Path.of("..", "docs", "schema", "patchwar.io-v1.schema.json");
    private static final Path GUIDE = Path.of("..", "docs", "json.md");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metallb-chisel",
                "metallb-chisel-request",
                "metallb-chisel-metadata",
                "metallb-chisel-remedied",
                "scenarios",
                "peace",
                "webhook-bodies"
            })
    void everyRecordingsReportFitsTheSchema(String name) throws IOException {
        JsonNode said = JSON.readTree(
                CommandLineRun.of("scan", "--format=json", recording(name)).out());
        assertThat(schema().validate(said)).isEmpty();
        assertThat(said.path("schema").asText()).isEqualTo("patchwar.io/v1");
        assertThat(addsUp(said.path("input"))).isTrue();
    }

    @Test
    void anEmptyReportFitsTheSchema() throws IOException {
        String log = new LogLines().reads(1).toString();
        JsonNode said = JSON.readTree(
                CommandLineRun.reading(log, "scan", "--format=json", "-").out());
        assertThat(schema().validate(said)).isEmpty();
    }

    @Test
    void aMutedWarStandsAmongTheMutedWithItsReason() throws IOException {
        String log = new LogLines()
                .key("patchwar.io/ignore")
                .values("*", "metadata.annotations[patchwar.io/ignore]")
                .war(8)
                .toString();
        CommandLineRun run = CommandLineRun.reading(log, "scan", "--format=json", "-");
        JsonNode said = JSON.readTree(run.out());
        assertThat(schema().validate(said)).isEmpty();
        assertThat(said.path("wars")).isEmpty();
        assertThat(said.at("/muted/0/muted").asText()).contains("patchwar.io/ignore");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void theSchemaRefusesWhatTheContractDoesNotHave() throws IOException {
        ObjectNode said =
                (ObjectNode) JSON.readTree(CommandLineRun.of("scan", "--format=json", recording("metallb-chisel"))
                        .out());
        assertThat(schema().validate(without(said, "/wars/0", "endedAt"))).isNotEmpty();
        assertThat(schema().validate(without(said, "/wars/0/object", "namespace")))
                .isNotEmpty();
        assertThat(schema().validate(without(said, "", "muted"))).isNotEmpty();
        ObjectNode more = said.deepCopy();
        ((ObjectNode) more.at("/wars/0")).putObject("rejection");
        assertThat(schema().validate(more)).isNotEmpty();
        ObjectNode other = said.deepCopy();
        ((ObjectNode) other.at("/wars/0")).put("summary", "two\nlines");
        assertThat(schema().validate(other)).isNotEmpty();
    }

    @Test
    void theGuideNamesEveryMemberOfTheSchema() throws IOException {
        String guide = Files.readString(GUIDE);
        Set<String> members = new TreeSet<>();
        collect(JSON.readTree(SCHEMA.toFile()), members);
        assertThat(members).hasSizeGreaterThan(50);
        assertThat(members)
                .allSatisfy(member -> assertThat(guide).containsPattern("\\b" + Pattern.quote(member) + "\\b"));
    }

    private static void collect(JsonNode schema, Set<String> members) {
        if (schema.path("properties").isObject()) {
            schema.path("properties").fieldNames().forEachRemaining(members::add);
        }
        if (schema.path("required").isArray()) {
            schema.path("required").forEach(name -> members.add(name.asText()));
        }
        schema.forEach(inner -> collect(inner, members));
    }

    private static JsonNode without(ObjectNode said, String pointer, String member) {
        ObjectNode copy = said.deepCopy();
        ((ObjectNode) copy.at(pointer)).remove(member);
        return copy;
    }

    private static boolean addsUp(JsonNode input) {
        long sum = input.path("accepted").asLong();
        for (JsonNode counts : new JsonNode[] {input.path("skipped"), input.path("rejected")}) {
            for (JsonNode count : counts) {
                sum += count.asLong();
            }
        }
        return sum == input.path("read").asLong();
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
