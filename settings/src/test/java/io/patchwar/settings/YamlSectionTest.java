package io.patchwar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class YamlSectionTest {
    @Test
    void tellsEveryProblemAtOnceWithItsPath() throws Exception {
        YamlSection file = read("a: {b: many, x: 1}\nlist: [1]\n");
        file.section("a").count("b", 1, 1, 10);
        file.sections("list");

        assertThatThrownBy(file::finish)
                .isInstanceOfSatisfying(
                        YamlProblems.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .anySatisfy(p -> assertThat(p).startsWith("a.b: must be a whole number from 1 to 10"))
                                .anySatisfy(p -> assertThat(p).startsWith("a.x: unknown key"))
                                .anySatisfy(p -> assertThat(p).startsWith("list[0]: must be a mapping")));
    }

    @Test
    void guessesTheKeyThatWasMeant() throws Exception {
        YamlSection file = read("windw: 1h\n");
        file.has("window");

        assertThatThrownBy(file::finish).hasMessageContaining("did you mean \"window\"?");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThatThrownBy(() -> read("a: 1\na: 2\n")).isInstanceOf(YamlProblems.class);
    }

    private static YamlSection read(String yaml) throws IOException, YamlProblems {
        return YamlSection.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
