package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import io.patchwar.standalone.doctor.Diagnosis;
import io.patchwar.standalone.doctor.DoctorJson;
import io.patchwar.standalone.doctor.DoctorReport;
import io.patchwar.standalone.doctor.Examination;
import io.patchwar.standalone.source.LogSources;
import io.patchwar.standalone.source.Progress;
import io.patchwar.standalone.source.ProgressBar;
import io.patchwar.standalone.source.SourceException;
import io.patchwar.standalone.source.SourceOptions;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patchwar doctor}: what can be seen in audit events and what cannot, and what to change. */
@Command(
        name = "doctor",
        description = {
            "Tell what can be seen in audit events and what cannot: missing bodies, lost writes, API servers that are not heard, clocks"
                    + " that differ, secrets in the log; each with the evidence, what it means and what to change.",
            "docs/doctor.md lists all that is looked for."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing is wrong (there may be notes)",
            "1:something is wrong",
            "2:nobody can tell: nothing could be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchwar doctor /var/log/kubernetes/audit/",
            "  patchwar doctor --servers 3 node-a/audit.log node-b/audit.log node-c/audit.log",
        })
final class DoctorCommand implements Callable<Integer> {
    /** How to write the diagnosis. */
    enum Format {
        TEXT,
        JSON
    }

    private static final int WRONG = 1;
    private static final int FAILED = 2;

    private final Terminal terminal;
    private final InputStream standardInput;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE|DIR|-",
            arity = "0..*",
            description =
                    "Audit logs, directories of them, or - for standard input, as for scan. One log per API server, with what it was"
                            + " rotated into.")
    private List<String> inputs = List.of();

    @Option(
            names = "--servers",
            paramLabel = "N",
            description = "How many API servers the cluster has: fewer logs are then a problem.")
    private @Nullable Integer servers;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or json (docs/doctor.md).")
    private Format format = Format.TEXT;

    @Option(names = "--no-progress", description = "Show no progress bar.")
    private boolean noProgress;

    DoctorCommand(Terminal terminal, InputStream standardInput) {
        this.terminal = terminal;
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() {
        int expected = servers == null ? 0 : servers;
        if (servers != null && servers < 1) {
            throw new ParameterException(spec.commandLine(), "--servers: must be 1 or more, not " + servers);
        }
        Examination examination = new Examination(expected);
        try (ProgressBar bar = ProgressBar.on(spec.commandLine().getErr(), System::nanoTime)) {
            LogSources sources =
                    LogSources.of(inputs, SourceOptions.witnessed("default", standardInput, examination.witness()));
            sources.leftOut().forEach(file -> say("left out " + file));
            boolean shown = terminal.errIsTerminal() && !noProgress;
            sources.readInto(examination.sink(), shown ? bar : Progress.NONE);
        } catch (SourceException e) {
            say(String.valueOf(e.getMessage()));
            return FAILED;
        }
        return tell(examination.diagnose());
    }

    private int tell(Diagnosis diagnosis) {
        boolean nothing = diagnosis.input().auditEvents() == 0;
        if (nothing && diagnosis.findings().isEmpty()) {
            say("no audit event in the input");
            return FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> {
                boolean colour = terminal.outIsTerminal() && !terminal.noColour();
                out.print(DoctorReport.render(diagnosis, terminal.width(), colour));
                out.flush();
            }
            case JSON -> DoctorJson.write(diagnosis, out);
        }
        return diagnosis.problems().isEmpty() ? 0 : WRONG;
    }

    private void say(String message) {
        spec.commandLine().getErr().println("patchwar: " + SafeText.of(message, 4_000));
    }
}
