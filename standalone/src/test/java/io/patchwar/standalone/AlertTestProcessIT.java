package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Its own process, without what tests choose for Logback: by default that tells every step of the HTTP client. */
class AlertTestProcessIT {
    @TempDir
    private Path directory;

    @Test
    void saysWhatCameBackAndNothingElse() throws Exception {
        Path file = Files.writeString(
                directory.resolve("config.yaml"), "alerting: {alertmanagers: [{url: \"http://127.0.0.1:1\"}]}\n");
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")))
                .collect(Collectors.joining(File.pathSeparator));
        try (PatchwarProcess patchwar =
                PatchwarProcess.withClassPath(classPath, "alert-test", "--config", file.toString())) {
            assertThat(patchwar.awaitEnd()).isEqualTo(1);
            assertThat(patchwar.said())
                    .isEqualTo(
                            "http://127.0.0.1:1 (127.0.0.1) did NOT take it: no answer, nobody listens at 127.0.0.1:1;"
                                    + " is it up, and the port right?");
        }
    }
}
