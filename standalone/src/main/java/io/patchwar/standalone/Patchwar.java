package io.patchwar.standalone;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: {@code patchwar COMMAND}. Exit status 2 means that it could not do what was asked. */
@Command(
        name = "patchwar",
        description = "Says which Kubernetes controllers are fighting over which field, before etcd pays for it.",
        mixinStandardHelpOptions = true,
        versionProvider = Patchwar.Version.class)
public final class Patchwar {
    public static void main(String[] args) {
        var commandLine = new CommandLine(new Patchwar())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(commandLine.execute(args));
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
