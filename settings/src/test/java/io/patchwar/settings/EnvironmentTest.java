package io.patchwar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void hasTheLastWord() throws Exception {
        YamlSection file = read(
                "kafka: {bootstrap: a:1, maxTries: 1}\n",
                Map.of(
                        "PATCHWAR_KAFKA_BOOTSTRAP", "b:2",
                        "PATCHWAR_KAFKA_MAX_TRIES", "7",
                        "PATCHWAR_KAFKA_NAMES", "[x, y]"));
        YamlSection kafka = file.section("kafka");

        assertThat(kafka.text("bootstrap", "")).isEqualTo("b:2");
        assertThat(kafka.count("maxTries", 1, 1, 10)).isEqualTo(7);
        assertThat(kafka.texts("names", List.of())).containsExactly("x", "y");
        file.finish();
    }

    @Test
    void tellsOfAVariableThatNamesNoSetting() throws Exception {
        YamlSection file = read("", Map.of("PATCHWAR_KAFKA_BOOTSTRAPS", "b:2", "PATH", "/bin"));
        file.section("kafka").text("bootstrap", "");

        assertThatThrownBy(file::finish)
                .hasMessage("environment variable PATCHWAR_KAFKA_BOOTSTRAPS: names no setting;"
                        + " did you mean \"PATCHWAR_KAFKA_BOOTSTRAP\"?");
    }

    private static YamlSection read(String yaml, Map<String, String> variables) throws Exception {
        return YamlSection.read(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.of(variables));
    }
}
