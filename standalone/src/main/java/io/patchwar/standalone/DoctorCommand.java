package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import io.patchwar.standalone.doctor.Diagnosis;
import io.patchwar.standalone.doctor.DoctorJson;
import io.patchwar.standalone.doctor.DoctorReport;
import io.patchwar.standalone.doctor.Examination;
import io.patchwar.standalone.doctor.LiveExamination;
import io.patchwar.standalone.source.LogSources;
import io.patchwar.standalone.source.Progress;
import io.patchwar.standalone.source.ProgressBar;
import io.patchwar.standalone.source.SourceException;
import io.patchwar.standalone.source.SourceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
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
            "With --url, the same of a running ingest, stream processor or serve, by what it counts.",
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
            "  patchwar doctor --url http://127.0.0.1:8081",
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

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Ask a running service in place of reading logs: where its metrics are, such as http://127.0.0.1:8081.")
    private @Nullable String url;

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
        if (url != null) {
            return ask(url);
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

    private int ask(String address) {
        if (!inputs.isEmpty() || servers != null) {
            throw new ParameterException(
                    spec.commandLine(), "--url: asks a service; logs and --servers do not go with it");
        }
        URI base = address(address);
        try {
            Diagnosis diagnosis = LiveExamination.of(base);
            show(diagnosis);
            return diagnosis.problems().isEmpty() ? 0 : WRONG;
        } catch (IOException e) {
            say("cannot ask " + address + ": " + (e.getMessage() == null ? "nobody answers there" : e.getMessage()));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below, together with the other ways of being none.
        }
        throw new ParameterException(spec.commandLine(), "--url: must be http://HOST:PORT, not " + text);
    }

    private int tell(Diagnosis diagnosis) {
        boolean nothing = diagnosis.input().auditEvents() == 0;
        if (nothing && diagnosis.findings().isEmpty()) {
            say("no audit event in the input");
            return FAILED;
        }
        show(diagnosis);
        return diagnosis.problems().isEmpty() ? 0 : WRONG;
    }

    private void show(Diagnosis diagnosis) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> {
                boolean colour = terminal.outIsTerminal() && !terminal.noColour();
                out.print(DoctorReport.render(diagnosis, terminal.width(), colour));
                out.flush();
            }
            case JSON -> DoctorJson.write(diagnosis, out);
        }
    }

    private void say(String message) {
        spec.commandLine().getErr().println("patchwar: " + SafeText.of(message, 4_000));
    }
}
