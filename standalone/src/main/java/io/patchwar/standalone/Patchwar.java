package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code patchwar COMMAND}. Exit status 2 means that it could not do what was asked. */
@Command(
        name = "patchwar",
        description = "Says which Kubernetes controllers are fighting over which field, before etcd pays for it.",
        mixinStandardHelpOptions = true,
        versionProvider = Patchwar.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "`patchwar COMMAND --help` and `patchwar explain` tell more; `patchwar demo` shows a war."})
public final class Patchwar implements Runnable {
    private static final int FAILED = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("scan")) {
            HeadStart.begin();
        }
        System.exit(commandLine(Terminal.ofThisProcess(), InstantSource.system(), System.in, args)
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args));
    }

    /** The command line around this terminal, clock and input, as far as it takes to execute these arguments. */
    static CommandLine commandLine(Terminal terminal, InstantSource clock, InputStream standardInput, String... args) {
        CommandLine commandLine = new CommandLine(new Patchwar());
        new Commands(terminal, clock, standardInput).neededFor(args).forEach(commandLine::addSubcommand);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(terminal.width())
                .setParameterExceptionHandler(Patchwar::refuse)
                .setExecutionExceptionHandler(Patchwar::fail);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: scan, serve, demo, doctor, setup, alert-test or explain");
    }

    /** What was wrong, and where to read on; not the whole help, above which the reason would scroll away. */
    private static int refuse(ParameterException e, String[] args) {
        CommandLine commandLine = e.getCommandLine();
        PrintWriter err = commandLine.getErr();
        String[] lines = String.valueOf(e.getMessage()).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            err.println((i == 0 ? "patchwar: " : "") + SafeText.of(lines[i], 1_000));
        }
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        return FAILED;
    }

    /** Our own mistake: the cause belongs into the report of it. */
    private static int fail(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        err.println("patchwar: an error of Patchwar's own; please report it with what follows");
        e.printStackTrace(err);
        err.flush();
        return FAILED;
    }

    /** Reads the version that the build wrote into the jar's manifest, so that it is written down once, in the POM. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Patchwar.class.getPackage().getImplementationVersion();
            return new String[] {"patchwar " + (version == null ? "(not packaged)" : version)};
        }
    }
}
