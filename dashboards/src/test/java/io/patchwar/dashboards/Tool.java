package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        return run(Duration.ofMinutes(1), Map.of(), arguments);
    }

    /** The same with more time, and with more in its environment. */
    Outcome run(Duration patience, Map<String, String> environment, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(program.toString()), Stream.of(arguments).map(String::valueOf))
                .toList();
        Path output = Files.createTempFile("tool", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ended in %s", command, patience)
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
