package io.patchwar.service.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n"})
    void holdsAKeyWhateverLineEndIsBehindIt(String end) throws IOException {
        assertThat(KeyFile.read(file(KEY + end))).isEqualTo(KEY.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void holdsEveryOtherByte() throws IOException {
        String odd = " \n" + KEY + " ";

        assertThat(KeyFile.read(file(odd))).isEqualTo(odd.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "s3cret-15-bytes\n"})
    void refusesLessThanSixteenBytes(String text) throws IOException {
        Path file = file(text);

        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        file + " holds " + text.strip().length() + " bytes, at least 16 are needed; make")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesMoreThanFourKibibytes() throws IOException {
        assertThat(KeyFile.read(file("k".repeat(4_096)))).hasSize(4_096);
        Path larger = file("k".repeat(4_097));

        assertThatThrownBy(() -> KeyFile.read(larger))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has more than 4096 bytes, which is no key; make one with");
    }

    @Test
    void saysHowToMakeOneThatIsNotThere() {
        assertThatThrownBy(() -> KeyFile.read(folder.resolve("absent")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("absent does not exist; " + KeyFile.HOW);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("digest.key"), text);
    }
}
