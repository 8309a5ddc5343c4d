package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the README works as it stands there; the test command is what runs this. {@link ServeIT} and {@link DemoIT}
 * run those that do not end by themselves.
 */
class ReadmeTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    /** Commands that end by themselves. */
    static List<String> commands() throws IOException {
        return all().stream().filter(line -> !isService(line)).toList();
    }

    private static boolean isService(String line) {
        return line.startsWith("./patchwar demo") || line.startsWith("./patchwar serve");
    }

    /** What follows {@code ./patchwar} in the README's only line with that command; for the tests that run it as a process. */
    static List<String> service(String command) throws IOException {
        List<String> lines = all().stream()
                .filter(line -> isService(line) && line.startsWith("./patchwar " + command))
                .toList();
        assertThat(lines).hasSize(1);
        return List.of(lines.get(0).substring("./patchwar ".length()).split(" "));
    }

    private static List<String> all() throws IOException {
        return BLOCK.matcher(readme())
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> line.startsWith("./patchwar "))
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(TOP.resolve("README.md"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void runs(String command) {
        String[] arguments = Stream.of(command.substring("./patchwar ".length()).split(" "))
                .map(argument -> Files.exists(TOP.resolve(argument))
                        ? TOP.resolve(argument).toString()
                        : argument)
                .toArray(String[]::new);

        CommandLineRun run = CommandLineRun.of(arguments);

        assertThat(run.exitStatus()).as(run.err()).isIn(0, 1);
        assertThat(run.out()).as(Arrays.toString(arguments)).isNotBlank();
    }

    @Test
    void hasTheTestCommandThatContinuousIntegrationRuns() throws IOException {
        assertThat(readme()).contains("\nmvn -B verify\n");
        assertThat(Files.readString(TOP.resolve(".ci").resolve("run"))).contains("mvn -B verify");
    }

    @Test
    void linksOnlyToWhatIsThere() throws IOException {
        Matcher links = LINK.matcher(readme());
        while (links.find()) {
            assertThat(TOP.resolve(links.group(1))).exists();
        }
    }

    @Test
    void promisesWhatTheFirstCommandSays() {
        String out = CommandLineRun.of("scan", CommandLineRun.recording("metallb-chisel"))
                .out();

        assertThat(out.replaceAll("\\s+", " "))
                .contains(
                        "metallb-system/controller are fighting over status.loadBalancer.ingress of Service apps/web-1")
                .contains("14 reversals a second since 08:44:50");
    }
}
