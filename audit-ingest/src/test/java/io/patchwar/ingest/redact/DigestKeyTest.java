package io.patchwar.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestKeyTest {
    @TempDir
    private Path folder;

    @Test
    void makesAKeyOnceAndOnlyItsOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("new/digest.key");

        DigestKey made = DigestKey.readOrMake(file);

        assertThat(DigestKey.readOrMake(file).ofText("a")).isEqualTo(made.ofText("a"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotCountTheLineEndOfAKey() throws IOException {
        Path bare = Files.writeString(folder.resolve("bare"), "0123456789abcdef");
        Path line = Files.writeString(folder.resolve("line"), "0123456789abcdef\r\n");

        assertThat(DigestKey.read(line).ofText("a"))
                .isEqualTo(DigestKey.read(bare).ofText("a"));
    }

    @Test
    void refusesAKeyThatIsTooShort() throws IOException {
        Path file = Files.writeString(folder.resolve("short"), "0123456789abcde\n");

        assertThatThrownBy(() -> DigestKey.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("15 bytes");
    }
}
