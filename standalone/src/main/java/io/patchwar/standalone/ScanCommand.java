package io.patchwar.standalone;

import io.patchwar.model.Severity;
import io.patchwar.model.WarClass;
import io.patchwar.model.words.SafeText;
import io.patchwar.standalone.ScanOutput.Format;
import io.patchwar.standalone.source.LogSources;
import io.patchwar.standalone.source.Progress;
import io.patchwar.standalone.source.ProgressBar;
import io.patchwar.standalone.source.SourceException;
import io.patchwar.standalone.source.SourceOptions;
import io.patchwar.watch.config.Settings;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patchwar scan}: reads audit logs, and says who fights whom over what. Its command line; wires the rooms together, and decides nothing. */
@Command(
        name = "scan",
        description = "Read Kubernetes audit logs and say which controllers fight over which field.",
        customSynopsis = "patchwar scan [OPTION]... FILE|DIR|-...",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:no war",
            "1:wars",
            "2:could not do it: wrong usage, unreadable input, or no audit event in it",
            "3:no war seen, but nothing that could show one either; says what to change in the audit policy"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchwar scan /var/log/kubernetes/audit            a directory, rotated files in their order",
            "  patchwar scan api-1/audit.log api-2/audit.log      two API servers of one cluster",
            "  kubectl logs -n logging audit-0 | patchwar scan -  standard input, however wrapped",
            "  patchwar scan --since 2h --resource services audit.log",
            "  patchwar scan --format json audit.log | jq '.wars[].summary'",
            "",
            "A log shows a war best with its bodies: level RequestResponse in the audit policy. `patchwar explain` tells what is a war."
        })
final class ScanCommand implements Callable<Integer> {
    /** When a report is coloured. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    private final Terminal terminal;
    private final InstantSource clock;
    private final InputStream standardInput;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|DIR|-",
            arity = "0..*",
            description =
                    "Audit logs, directories of them, or - for standard input; plain, .gz or .zst, in any envelope a shipper"
                            + " or cloud puts around them.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json (docs/json.md), or markdown for a ticket.")
    private Format format = Format.TEXT;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            split = ",",
            converter = Words.ClassWord.class,
            description =
                    "Show only these classes, such as tug-of-war (`patchwar explain` lists them). Repeat, or separate by commas.")
    private Set<WarClass> classes = Set.of();

    @Option(
            names = "--resource",
            paramLabel = "RESOURCE",
            split = ",",
            description =
                    "Show only objects of these resources: plural, with or without the group: services, deployments.apps.")
    private List<String> resources = List.of();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            split = ",",
            description = "Show only objects in these namespaces; '' for objects outside all namespaces.")
    private List<String> namespaces = List.of();

    @Option(
            names = "--min-severity",
            paramLabel = "SEVERITY",
            defaultValue = "info",
            description = "Show only what is at least info (default), warning, or critical.")
    private Severity minSeverity = Severity.INFO;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Look only at events from then on: 2026-11-23T08:44:50Z, or how long before now: 2h, 30m, 1d.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Look only at events before then; same forms.")
    private @Nullable String until;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "Name of the cluster whose logs these are (default: default).")
    private @Nullable String cluster;

    @Option(
            names = "--redact",
            description =
                    "Show digests in place of all values: equal digests, equal values. Those of Secrets always are.")
    private boolean redact;

    @Option(
            names = "--etcd-quota",
            paramLabel = "SIZE",
            description =
                    "Quota of the cluster's etcd (--quota-backend-bytes), such as 2GiB: says whether a war fills it, and when.")
    private @Nullable String etcdQuota;

    @Option(
            names = "--etcd-size",
            paramLabel = "SIZE",
            description = "How much of it is in use, such as 500MiB (etcd_mvcc_db_total_size_in_use_in_bytes).")
    private @Nullable String etcdSize;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Thresholds, ignore rules, scope and bounds, as in docs/patchwar.example.yaml.")
    private @Nullable Path config;

    @Option(names = "--print-config", description = "Print what holds, default or configured, and read nothing.")
    private boolean printConfig;

    @Option(
            names = {"--color", "--colour"},
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto (default: on a terminal, unless NO_COLOR is set), always, never.")
    private Colour colour = Colour.AUTO;

    @Option(
            names = "--no-progress",
            description = "Show no progress bar. (There is none where standard error is no terminal.)")
    private boolean noProgress;

    ScanCommand(Terminal terminal, InstantSource clock, InputStream standardInput) {
        this.terminal = terminal;
        this.clock = clock;
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() {
        try {
            return scan();
        } catch (UsageException e) {
            throw new ParameterException(command().commandLine(), e.getMessage(), e);
        }
    }

    private int scan() throws UsageException {
        Settings settings = new ScanSettings(config, cluster, redact, etcdQuota, etcdSize).settings();
        if (printConfig) {
            PrintWriter out = command().commandLine().getOut();
            settings.effective().forEach((key, value) -> out.printf("%-28s %s%n", key, SafeText.of(value, 4_000)));
            return 0;
        }
        Span span = Span.between(since, until, clock.instant());
        Asked asked = new Asked(classes, resources, namespaces, minSeverity);
        ScanOutput output = output();
        LogSources sources;
        try {
            sources = sources(settings);
        } catch (SourceException e) {
            output.say(e.getMessage() == null ? "failed" : e.getMessage());
            return ScanOutcome.FAILED;
        }
        sources.leftOut().forEach(file -> output.say("left out " + file));
        return run(new ScanRun(settings, span), sources, asked).tell(output, resources);
    }

    private ScanOutcome run(ScanRun run, LogSources sources, Asked asked) {
        boolean shown = terminal.errIsTerminal() && !noProgress;
        try (ProgressBar bar = ProgressBar.on(command().commandLine().getErr(), System::nanoTime)) {
            run.read(sources, shown ? bar : Progress.NONE);
        }
        return run.outcome(asked);
    }

    private LogSources sources(Settings settings) throws SourceException {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        return LogSources.of(inputs, new SourceOptions(settings.cluster(), settings.scope(), threads, standardInput));
    }

    private ScanOutput output() {
        boolean coloured = switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal.outIsTerminal() && !terminal.noColour();
        };
        return new ScanOutput(
                command().commandLine().getOut(), command().commandLine().getErr(), format, terminal.width(), coloured);
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("not run through the command line");
        }
        return spec;
    }
}
