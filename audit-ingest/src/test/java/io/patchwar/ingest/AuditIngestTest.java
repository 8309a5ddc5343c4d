package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditIngestTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void tellsHowItIsUsed() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("Usage: audit-ingest --config FILE", "Exit status");
    }

    @Test
    void showsWhatHoldsAndNoSecret() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.yaml"),
                "digestKeyFile: digest.key\nkafka: {properties: {sasl.jaas.config: 'x password=\"hunter2\"'}}\n");

        assertThat(run("--config", file.toString(), "--check-config")).isZero();
        assertThat(text(out))
                .contains("spool.size = 1GiB\n", "kafka.properties.sasl.jaas.config = (hidden)\n")
                .doesNotContain("hunter2");
    }

    @Test
    void tellsEveryProblemAndDoesNotStart() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "spool: {size: 1}\nwebhok: {}\n");

        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(text(err))
                .contains(
                        "spool.size:",
                        "digestKeyFile: is missing; make one with",
                        "webhok: unknown key; did you mean \"webhook\"?");
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        assertThat(run("--config", folder.resolve("absent.yaml").toString())).isEqualTo(2);
        assertThat(text(err)).contains("absent.yaml");
        assertThat(run()).isEqualTo(2);
        assertThat(run("--cofnig")).isEqualTo(2);
        Path tokens = Files.writeString(
                folder.resolve("b.yaml"),
                "digestKeyFile: " + Files.writeString(folder.resolve("digest.key"), "a key that only tests have")
                        + "\ndata: " + folder.resolve("data")
                        + "\nhttp: {listen: \"127.0.0.1:0\"}\nwebhook: {listen: \"127.0.0.1:0\", clusters: [{name: c, tokenFiles: ["
                        + folder.resolve("absent.token") + "]}]}\n");
        assertThat(run("--config", tokens.toString())).isEqualTo(1);
        assertThat(text(err)).contains("absent.token");
    }

    private int run(String... args) {
        return AuditIngest.COMMAND.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                args);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
