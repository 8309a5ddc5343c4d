package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupCommandTest {
    @TempDir
    private Path directory;

    private CommandLineRun setup(String... more) {
        Path out = directory.resolve("out");
        return CommandLineRun.of(
                Stream.concat(Stream.of("setup", "--cluster", "prod", "--out", out.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void writesTheFilesAndSaysWhich() throws IOException {
        CommandLineRun run = setup();
        assertThat(run.exitStatus()).as(run.err()).isZero();
        Path out = directory.resolve("out");
        List<Path> files = filesIn(out);
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(run.out()).contains(out.relativize(file).toString()));
        assertThat(run.out()).contains("next: read " + out.resolve("README.md"), "to undo");
    }

    @Test
    void keysAndTokensAreReadableForTheirOwnerAlone() throws IOException {
        setup();
        Path out = directory.resolve("out");
        for (String secret : List.of("webhook.kubeconfig", "tls/ca.key", "tls/server.key", "token")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve(secret))))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rwx------");
        for (Path file : filesIn(out)) {
            boolean open = Files.getPosixFilePermissions(file).size() > 2;
            assertThat(open && Files.readString(file).contains("PRIVATE KEY"))
                    .as("%s", file)
                    .isFalse();
        }
    }

    @Test
    void overwritesNothingUnlessForced() throws IOException {
        setup();
        Path token = directory.resolve("out/token");
        String before = Files.readString(token);
        Files.delete(directory.resolve("out/README.md"));
        CommandLineRun again = setup();
        assertThat(again.exitStatus()).isEqualTo(2);
        assertThat(again.err()).contains("there already", "token", "--force");
        assertThat(Files.readString(token)).isEqualTo(before);
        assertThat(directory.resolve("out/README.md")).doesNotExist();
        assertThat(setup("--force").exitStatus()).isZero();
        assertThat(Files.readString(token)).isNotEqualTo(before);
    }

    @Test
    void signsForASecondClusterWithTheFirstOnesAuthority() throws IOException {
        setup();
        Path tls = directory.resolve("out/tls");
        Path other = directory.resolve("other");
        CommandLineRun run =
                CommandLineRun.of("setup", "--cluster", "other", "--out", other.toString(), "--ca", tls.toString());
        assertThat(run.exitStatus()).as(run.err()).isZero();
        assertThat(Files.readString(other.resolve("tls/ca.crt"))).isEqualTo(Files.readString(tls.resolve("ca.crt")));
        CommandLineRun wrong = CommandLineRun.of("setup", "--cluster", "x", "--ca", directory.toString());
        assertThat(wrong.exitStatus()).isEqualTo(2);
        assertThat(wrong.err()).contains("--ca: cannot read ca.crt and ca.key");
    }

    @ParameterizedTest
    @CsvSource({
        "--cluster, '../x', --cluster: must be letters",
        "--url, ftp://x, --url: must be https://HOST:PORT",
        "--url, https://x/path, --url: must be https://HOST:PORT",
        "--url, http://10.0.0.1:80, --url: plain http",
        "--valid, 3y, --valid: must be a span",
        "--valid, 826d, --valid: must be a span",
        "--bodies, pods, --bodies: must be secrets or configmaps",
        "--groups, Metal/LB, is no API group",
        "--san, 'a b', is neither a host name",
        "--for, kubadm, 'did you mean \"kubeadm\"?'",
    })
    void refusesWhatItCannotUse(String option, String value, String why) {
        CommandLineRun run = CommandLineRun.of("setup", "--cluster", "prod", option, value);
        if (option.equals("--cluster")) {
            run = CommandLineRun.of("setup", "--cluster", value);
        }
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains(why);
        assertThat(Path.of("patchwar-prod")).doesNotExist();
    }

    @Test
    void tellsAllProblemsAtOnce() {
        CommandLineRun run = setup("--valid", "x", "--bodies", "pods", "--url", "x");
        assertThat(run.err()).contains("--valid", "--bodies", "--url");
    }
}
