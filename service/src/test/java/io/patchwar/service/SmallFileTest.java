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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "s3cret\n", " s3cret\r\n"})
    void holdsASecretOfOneLine(String text) throws IOException {
        assertThat(SmallFile.secret(Files.writeString(folder.resolve("secret"), text)))
                .isEqualTo("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "s3\ncret", "s3\u0000cret", "s3\u007fcret"})
    void saysThatItHoldsNoSecretAndNotWhatItHolds(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), text);

        assertThatThrownBy(() -> SmallFile.secret(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " holds no secret of one line");
    }

    @Test
    void saysThatASecretIsNoText() throws IOException {
        Path file = Files.write(folder.resolve("secret"), new byte[] {'s', (byte) 0xff});

        assertThatThrownBy(() -> SmallFile.secret(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " holds no text");
    }

    @Test
    void readsSecretsOfSixtyFourKibibytesAndNoMore() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s".repeat(64 << 10));
        assertThat(SmallFile.secret(file)).hasSize(64 << 10);
        Files.writeString(file, "s".repeat((64 << 10) + 1));

        assertThatThrownBy(() -> SmallFile.secret(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " has more than 65536 bytes, which is no secret");
    }
}
