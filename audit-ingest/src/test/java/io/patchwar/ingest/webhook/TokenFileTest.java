package io.patchwar.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private static final String SHORTEST = "s".repeat(TokenFile.SHORTEST_TOKEN);

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("tokens"), text);
    }

    @Test
    void holdsOneTokenALine() throws Exception {
        assertThat(TokenFile.read(file("# since May\n  " + SHORTEST + " \r\n\n#" + SHORTEST + "\n" + SHORTEST + "2")))
                .containsExactly(SHORTEST, SHORTEST + "2");
    }

    @Test
    void refusesATokenThatCanBeGuessed() throws Exception {
        Path file = file(SHORTEST + "\n" + SHORTEST.substring(1));
        assertThatThrownBy(() -> TokenFile.read(file))
                .hasMessage(file + " holds a token of fewer than 16 characters; make one with:"
                        + " head -c 32 /dev/urandom | base64");
    }

    @Test
    void refusesAFileWithoutAToken() throws Exception {
        Path file = file("# to come\n");
        assertThatThrownBy(() -> TokenFile.read(file)).hasMessageStartingWith(file + " holds no token; make one");
    }

    @Test
    void isAsLargeAsItMayBeAndNoLarger() throws Exception {
        Path file = file("t".repeat(TokenFile.LARGEST));
        assertThat(TokenFile.read(file)).hasSize(1);
        Files.writeString(file, "t".repeat(TokenFile.LARGEST + 1));
        assertThatThrownBy(() -> TokenFile.read(file))
                .hasMessage(file + " has more than 1048576 bytes, which is no list of tokens");
    }

    @Test
    void saysWhichFileIsNotThereOrNoText() throws Exception {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> TokenFile.read(absent)).hasMessage(absent + " does not exist");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        assertThatThrownBy(() -> TokenFile.read(binary)).hasMessage(binary + " holds no text");
    }
}
