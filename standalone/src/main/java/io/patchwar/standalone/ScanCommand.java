package io.patchwar.standalone;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.Severity;
import io.patchwar.model.WarClass;
import io.patchwar.model.words.SafeText;
import io.patchwar.pressure.EtcdSpace;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlProblems;
import io.patchwar.standalone.report.InputAccount;
import io.patchwar.standalone.report.JsonReport;
import io.patchwar.standalone.report.MarkdownReport;
import io.patchwar.standalone.report.ScanReport;
import io.patchwar.standalone.report.TextReport;
import io.patchwar.standalone.source.LogSources;
import io.patchwar.standalone.source.Progress;
import io.patchwar.standalone.source.ProgressBar;
import io.patchwar.standalone.source.SourceException;
import io.patchwar.standalone.source.SourceOptions;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.Expiries;
import io.patchwar.watch.Findings;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.config.PressureSettings;
import io.patchwar.watch.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patchwar scan}: reads audit logs, and says who fights whom over what. Wires the rooms together, and decides nothing. */
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
    /** How a report is written. */
    enum Format {
        TEXT,
        JSON,
        MARKDOWN
    }

    /** When a report is coloured. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    private static final int FAILED = 2;

    /** Always as many, so that the answer is the same on any machine, what had to be forgotten included. */
    private static final int SHARDS = 16;

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
        Settings settings = settings();
        if (printConfig) {
            settings.effective().forEach((key, value) -> out().printf("%-28s %s%n", key, SafeText.of(value, 4_000)));
            return 0;
        }
        Span span = span();
        Asked asked = new Asked(classes, resources, namespaces, minSeverity);
        LogSources sources;
        try {
            sources = sources(settings);
        } catch (SourceException e) {
            return fail(e.getMessage());
        }
        sources.leftOut().forEach(file -> say("left out " + file));
        WarWatch watch = new WarWatch(settings.watch(), DigestKey.random(), SHARDS);
        Intake intake = new Intake(watch, span);
        @Nullable String broken = read(sources, intake);
        watch.finish();
        Findings findings = watch.findings();
        return tell(asked.report(findings, intake.account(), notices(settings, findings)), broken);
    }

    /** Of mutes that end, by the newest stamp in the log. */
    private static List<String> notices(Settings settings, Findings findings) {
        return findings.sight().values().stream()
                .map(ClusterSight::last)
                .flatMap(Stream::ofNullable)
                .max(Comparator.naturalOrder())
                .map(last -> Expiries.notices(settings.watch().rules().ignored(), last))
                .orElse(List.of());
    }

    private LogSources sources(Settings settings) throws SourceException {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        return LogSources.of(inputs, new SourceOptions(settings.cluster(), settings.scope(), threads, standardInput));
    }

    /** Reads all there is; answers with what went wrong, null if nothing did. */
    private @Nullable String read(LogSources sources, Intake intake) {
        boolean shown = terminal.errIsTerminal() && !noProgress;
        try (ProgressBar bar = ProgressBar.on(err(), System::nanoTime)) {
            sources.readInto(intake, shown ? bar : Progress.NONE, intake);
            return null;
        } catch (SourceException e) {
            return e.getMessage();
        }
    }

    private int tell(ScanReport report, @Nullable String broken) {
        InputAccount input = report.input();
        if (input.auditEvents() == 0) {
            if (broken != null) {
                return fail(broken);
            }
            say("no audit event in the input");
            say(read(input));
            return FAILED;
        }
        switch (format) {
            case TEXT -> {
                out().print(TextReport.render(report, terminal.width(), isColoured()));
                out().flush();
            }
            case JSON -> JsonReport.write(report, out());
            case MARKDOWN -> {
                out().print(MarkdownReport.render(report));
                out().flush();
            }
        }
        if (broken != null) {
            say("the report is of what could be read, and no more");
            return fail(broken);
        }
        hint(report);
        return report.outcome().exitStatus();
    }

    private static String read(InputAccount input) {
        if (input.read() == 0) {
            return "it is empty; give the file that --audit-log-path names, or a shipper's copy of it";
        }
        StringBuilder why = new StringBuilder("none of ").append(input.read()).append(" records is one:");
        input.rejected()
                .forEach((reason, n) -> why.append(' ')
                        .append(n)
                        .append(' ')
                        .append(reason.word())
                        .append(" (")
                        .append(reason.explanation())
                        .append(')'));
        input.skipped()
                .forEach((reason, n) -> why.append(' ').append(n).append(' ').append(reason.word()));
        return why.toString();
    }

    /** A resource that is spelled as nobody writes it finds nothing, and that would look like peace. */
    private void hint(ScanReport report) {
        for (String resource : resources) {
            boolean written = report.seen().values().stream()
                    .flatMap(sights -> sights.keySet().stream())
                    .anyMatch(name -> name.equals(resource) || name.startsWith(resource + "."));
            if (!written) {
                say("no write of any " + SafeText.name(resource)
                        + " in the input; resources are plural and lower case: services," + " deployments.apps");
            }
        }
    }

    private Settings settings() {
        Settings settings = config == null ? Settings.defaults() : configured(config);
        if (cluster != null) {
            if (cluster.isBlank()) {
                throw new ParameterException(command().commandLine(), "--cluster: the name is empty");
            }
            settings = settings.withCluster(cluster);
        }
        settings = settings.withPressure(settings.watch().pressure().withEtcd(etcd(settings)));
        return redact ? settings.redacted() : settings;
    }

    /** What is configured, unless an option says otherwise. */
    private @Nullable EtcdSpace etcd(Settings settings) {
        EtcdSpace configured = settings.watch().pressure().etcd();
        if (etcdQuota == null && etcdSize == null) {
            return configured;
        }
        Long quota = etcdQuota == null
                ? configured == null ? null : (Long) configured.quotaBytes()
                : size("--etcd-quota", etcdQuota, PressureSettings.LEAST_QUOTA);
        if (quota == null) {
            throw new ParameterException(
                    command().commandLine(), "--etcd-size says nothing without --etcd-quota, or pressure.quota");
        }
        Long inUse = etcdSize == null ? null : size("--etcd-size", etcdSize, 0);
        return new EtcdSpace(quota, inUse == null && configured != null ? configured.inUseBytes() : inUse, null);
    }

    private Long size(String option, String text, long least) {
        Long bytes = Amounts.bytes(text);
        if (bytes == null || bytes < least || bytes > PressureSettings.MOST_QUOTA) {
            throw new ParameterException(
                    command().commandLine(),
                    option + ": \"" + text + "\" is no size from " + Amounts.text(least) + " to "
                            + Amounts.text(PressureSettings.MOST_QUOTA) + "; give 500MiB, 2GiB");
        }
        return bytes;
    }

    private Settings configured(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Settings.read(in);
        } catch (YamlProblems e) {
            String problems = String.join("\n  ", e.problems());
            throw new ParameterException(
                    command().commandLine(),
                    "--config " + file + " cannot be used:\n  " + problems
                            + "\ndocs/patchwar.example.yaml shows every key");
        } catch (NoSuchFileException e) {
            throw new ParameterException(command().commandLine(), "--config: there is no file " + file, e);
        } catch (IOException e) {
            throw new ParameterException(
                    command().commandLine(), "--config: cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private Span span() {
        Instant now = clock.instant();
        Span span = new Span(point("--since", since, now), point("--until", until, now));
        if (span.since() != null && span.until() != null && !span.since().isBefore(span.until())) {
            throw new ParameterException(
                    command().commandLine(),
                    "--since " + since + " is not before --until " + until + ": nothing lies between");
        }
        return span;
    }

    private @Nullable Instant point(String option, @Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        Instant point = Span.point(text, now);
        if (point == null) {
            throw new ParameterException(
                    command().commandLine(),
                    option + ": \"" + text
                            + "\" is no time; give 2026-11-23T08:44:50Z, or how long before now: 2h, 30m, 1h30m, 1d");
        }
        return point;
    }

    private boolean isColoured() {
        return switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal.outIsTerminal() && !terminal.noColour();
        };
    }

    private int fail(@Nullable String message) {
        say(message == null ? "failed" : message);
        return FAILED;
    }

    private void say(String message) {
        err().println("patchwar: " + SafeText.of(message, 4_000));
    }

    private PrintWriter out() {
        return command().commandLine().getOut();
    }

    private PrintWriter err() {
        return command().commandLine().getErr();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("not run through the command line");
        }
        return spec;
    }
}
