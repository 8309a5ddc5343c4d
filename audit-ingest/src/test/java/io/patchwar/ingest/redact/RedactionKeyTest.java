package io.patchwar.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionKeyTest {
    @TempDir
    private Path folder;

    @Test
    void makesAKeyOnceAndOnlyItsOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("new/digest.key");

        RedactionKey made = RedactionKey.readOrMake(file);

        assertThat(RedactionKey.readOrMake(file).ofText("a")).isEqualTo(made.ofText("a"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void isTheOneInItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("digest.key"), "0123456789abcdef\n");
        RedactionKey same = RedactionKey.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

        assertThat(RedactionKey.read(file).ofText("a")).isEqualTo(same.ofText("a"));
    }

    @Test
    void refusesBytesThatAreTooFew() {
        assertThatThrownBy(() -> RedactionKey.of(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this one has 15");
    }
}
