package io.patchwar.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
    @TempDir
    private Path folder;

    @Test
    void isReadUpToItsBoundAndNotBeyond() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "12345");

        assertThat(SmallFile.read(file, 5, "secret")).asString().isEqualTo("12345");
        assertThatThrownBy(() -> SmallFile.read(file, 4, "secret"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " has more than 4 bytes, which is no secret");
    }

    @Test
    void saysThatItIsNotThere() {
        Path file = folder.resolve("absent");

        assertThatThrownBy(() -> SmallFile.read(file, 5, "secret"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " does not exist");
    }

    @Test
    void saysThatADirectoryIsNoFile() {
        assertThatThrownBy(() -> SmallFile.read(folder, 1 << 20, "secret"))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " is a directory");
    }

    @Test
    void saysThatItIsNotForThisUser() throws IOException {
        Path file = Files.writeString(folder.resolve("closed"), "12345");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read everything");

        assertThatThrownBy(() -> SmallFile.read(file, 5, "secret"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " may not be read by this user");
    }
}
