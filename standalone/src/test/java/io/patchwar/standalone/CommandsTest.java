package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandsTest {
    private static CommandLine commandLine(String... args) {
        return Patchwar.commandLine(
                CommandLineRun.PIPE, InstantSource.fixed(CommandLineRun.NOW), InputStream.nullInputStream(), args);
    }

    private static final CommandLine WHOLE = commandLine();

    @Test
    void areAllThereWhereNoneIsNamed() {
        Set<String> all = WHOLE.getSubcommands().keySet();

        assertThat(all)
                .containsExactlyInAnyOrder(
                        "scan", "serve", "demo", "explain", "replay", "setup", "doctor", "alert-test");
        assertThat(commandLine("--help").getSubcommands().keySet()).isEqualTo(all);
        assertThat(commandLine("scna").getSubcommands().keySet()).isEqualTo(all);
    }

    @Test
    void areMadeOneAloneWhereItIsNamed() {
        WHOLE.getSubcommands().forEach((name, command) -> {
            CommandLine alone = commandLine(name, "--help");

            assertThat(alone.getSubcommands()).containsOnlyKeys(name);
            assertThat(alone.getSubcommands().get(name).getUsageMessage()).isEqualTo(command.getUsageMessage());
        });
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        CommandLineRun run = CommandLineRun.of("scna");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("scan");
    }
}
