package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine, run to its end. */
record Tool(Path program) {
    /** What a program said and how it ended. */
    record Outcome(int status, String said) {}

    /** The program of that name; without it the test is reported as skipped. */
    static Tool named(String name, String packageName) {
        String path = System.getenv().getOrDefault("PATH", "");
        Path found = Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(found != null, () -> name + " is not installed: apt-get install " + packageName);
        return new Tool(found);
    }

    Outcome run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(program.toString()), Stream.of(arguments).map(String::valueOf))
                .toList();
        Path output = Files.createTempFile("tool", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ended in a minute", command)
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
