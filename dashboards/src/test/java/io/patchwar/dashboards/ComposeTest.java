package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docker-compose.yml promises in its first lines. */
class ComposeTest {
    private static final Path TOP = Path.of("..");
    private static JsonNode compose;

    @BeforeAll
    static void read() throws IOException {
        compose = new YAMLMapper().readTree(TOP.resolve("docker-compose.yml").toFile());
    }

    private static List<Map.Entry<String, JsonNode>> services() {
        List<Map.Entry<String, JsonNode>> services = new ArrayList<>();
        compose.path("services").properties().forEach(services::add);
        return services;
    }

    @Test
    void opensPortsOnLoopbackOnly() {
        assertThat(services())
                .isNotEmpty()
                .allSatisfy(service -> service.getValue()
                        .path("ports")
                        .forEach(port ->
                                assertThat(port.asText()).as(service.getKey()).startsWith("127.0.0.1:")));
    }

    @Test
    void shipsNoPassword() throws IOException {
        assertThat(Files.readString(TOP.resolve("docker-compose.yml")))
                .doesNotContainPattern("(?i)(password|secret_key|token) *[:=] *(?!ro\\s)[^/\\s]");
        assertThat(compose.path("services").path("grafana").path("environment"))
                .anyMatch(value -> value.asText().equals("true"));
        assertThat(compose.at("/services/grafana/environment/GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void runsOurOwnWithoutRightsOverAReadOnlyFileSystem() {
        for (String own : List.of("audit-ingest", "stream-processor")) {
            JsonNode service = compose.path("services").path(own).path("<<").isMissingNode()
                    ? compose.path("services").path(own)
                    : compose.path("x-hardened");
            assertThat(service.path("read_only").asBoolean()).as(own).isTrue();
            assertThat(service.path("cap_drop").toString()).as(own).contains("ALL");
        }
        for (String image : List.of("audit-ingest", "stream-processor", "patchwar")) {
            assertThat(TOP.resolve("deploy").resolve(image).resolve("Dockerfile"))
                    .content()
                    .contains("ARG BASE=", "FROM ${BASE}", "USER 10001:10001");
        }
    }

    @Test
    void mountsOnlyWhatIsInTheRepositoryOrMadeByPrepare() {
        assertThat(services())
                .allSatisfy(service -> service.getValue().path("volumes").forEach(volume -> {
                    String source = volume.asText().split(":", 2)[0];
                    assertThat(source).as("all secrets at once").doesNotMatch("\\./deploy/compose(/secrets)?/?");
                    if (source.startsWith("./") && !source.startsWith("./deploy/compose/secrets/")) {
                        assertThat(TOP.resolve(source)).as(service.getKey()).exists();
                    }
                }));
    }
}
