package io.patchwar.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    private static String decoded(String text) {
        byte[] b = text.getBytes(StandardCharsets.UTF_8);
        return JsonText.decode(b, 0, b.length);
    }

    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "'',''",
        "a\\u0026b,a&b",
        "\\u003chtml\\u003e,<html>",
        "\\\\,\\",
        "\\/,/",
        "é\\u00e9,éé",
        "\\ud83d\\ude00,😀"
    })
    void decodesWhatEncodersEscape(String text, String decoded) {
        assertThat(decoded(text)).isEqualTo(decoded);
    }

    @Test
    void decodesControlCharacters() {
        assertThat(decoded("\\n\\t\\r\\b\\f\\\"")).isEqualTo("\n\t\r\b\f\"");
    }

    @ParameterizedTest
    @CsvSource({"\\", "\\u", "\\u12", "\\uzzzz", "a\\"})
    void replacesEscapesThatAreNone(String text) {
        assertThat(decoded(text)).contains("\uFFFD");
    }

    @Test
    void replacesBytesThatAreNoUtf8() {
        byte[] b = {'a', (byte) 0xFF, 'b', '\\', 'n', (byte) 0xC3};
        assertThat(JsonText.decode(b, 0, b.length)).isEqualTo("a\uFFFDb\n\uFFFD");
    }
}
