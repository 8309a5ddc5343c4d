package io.patchwar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the tree to the one that Jackson's own mapper makes. */
class YamlTreeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "---",
                "~",
                "text",
                "a: 1",
                "a: [1, -2, 0x1F, 017, 1_000, 3000000000, 123456789012345678901234567890]",
                "a: [1.5, -0.0, 1e3, 1.50]",
                "a: [true, no, True, FALSE, null, ~, '', \"\", ' ']",
                "a:\n  b:\n  - c: d\n    e: |\n      two\n      lines\n  - >-\n    folded\n    text\n",
                "a: &x {b: 1}\nc: *x",
                "a: !!binary aGVsbG8=",
                "a: !!str 12",
                "? a\n: b",
                "a: 2026-11-24",
                "{a: [], b: {}, c: [[[]]]}",
            })
    void readsADocumentAsTheMapperDoes(String yaml) throws IOException {
        assertThat(YamlTree.read(yaml)).as(yaml).isEqualTo(MAPPER.readTree(yaml));
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        assertThat(YamlTree.read(new ByteArrayInputStream(bytes))).as(yaml).isEqualTo(MAPPER.readTree(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\na: 2",
                "a: {b: 1, b: 1}",
                "a: 1\n---\nb: 2",
                "a: [",
                "a: 'b",
                "a: b: c",
                "\ta: 1",
                "@",
                "a: .inf"
            })
    void refusesWhatTheMapperRefuses(String yaml) {
        assertThatThrownBy(() -> MAPPER.readTree(yaml)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> YamlTree.read(yaml)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 100_000})
    void refusesWhatNestsTooDeep(int depth) {
        assertThatThrownBy(() -> YamlTree.read("[".repeat(depth))).isInstanceOf(JsonProcessingException.class);
    }
}
