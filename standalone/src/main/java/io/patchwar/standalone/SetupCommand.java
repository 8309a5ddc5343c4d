package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.DidYouMean;
import io.patchwar.standalone.setup.OutputDirectory;
import io.patchwar.standalone.setup.Platform;
import io.patchwar.standalone.setup.Setup;
import io.patchwar.standalone.setup.SetupFile;
import io.patchwar.standalone.setup.SetupRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code patchwar setup}: writes what a cluster needs to send its audit events, and changes nothing else. */
@Command(
        name = "setup",
        description = {
            "Write what a cluster needs to send its audit events here: audit policy, webhook kubeconfig, certificates and a token for a"
                    + " first try, API server flags, ingest's configuration, and a README with the next steps and how to undo them.",
            "Nothing is changed outside the directory."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all files are written", "2:nothing was written"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchwar setup --cluster prod --for kubeadm --url https://10.0.0.7:8443",
            "  patchwar setup --cluster try --for kind --groups metallb.io,chisel-operator.io",
            "  patchwar setup --cluster prod --for eks"
        })
final class SetupCommand implements Callable<Integer> {
    private static final int FAILED = 2;
    private static final Duration LONGEST = Duration.ofDays(825);

    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            required = true,
            description = "Name of the cluster, as it will be shown everywhere: letters, digits, dots and dashes.")
    private String cluster = "";

    @Option(
            names = "--for",
            paramLabel = "PLATFORM",
            converter = PlatformWord.class,
            defaultValue = "kubeadm",
            description = "kubeadm (default), k3s, rke2, kind, openshift, eks, gke or aks.")
    private Platform platform = Platform.KUBEADM;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory to write to, made if absent (default: patchwar-NAME).")
    private @Nullable Path out;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "https://127.0.0.1:8443",
            description =
                    "Where the API servers reach ingest, from the control plane's own network (default: https://127.0.0.1:8443, ingest"
                            + " on the control-plane node).")
    private String url = "";

    @Option(
            names = "--san",
            paramLabel = "HOST",
            split = ",",
            description = "Further names or addresses of ingest, for its certificate.")
    private List<String> names = List.of();

    @Option(
            names = "--groups",
            paramLabel = "GROUP",
            split = ",",
            description =
                    "API groups of custom resources to record with bodies, such as metallb.io; without, a war over them shows as suspected.")
    private List<String> groups = List.of();

    @Option(
            names = "--bodies",
            paramLabel = "RESOURCE",
            split = ",",
            description =
                    "Record bodies of these, too: secrets, configmaps. Their values then stand in every audit event; ingest replaces those of"
                            + " Secrets by digests before Kafka.")
    private Set<String> bodies = Set.of();

    @Option(names = "--kubelets", description = "Record what kubelets write, too: most of a cluster's writes.")
    private boolean kubelets;

    @Option(
            names = "--valid",
            paramLabel = "SPAN",
            defaultValue = "90d",
            description = "How long the certificates hold (default: 90d).")
    private String valid = "";

    @Option(
            names = "--ca",
            paramLabel = "DIR",
            description =
                    "Sign with ca.crt and ca.key of an earlier setup's tls directory, so that one ingest serves several clusters.")
    private @Nullable Path authority;

    @Option(names = "--force", description = "Overwrite files that are there, tokens and keys among them.")
    private boolean force;

    SetupCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        SetupRequest request = request();
        Path directory = out == null ? Path.of("patchwar-" + cluster) : out;
        List<SetupFile> files = files(request, directory.toAbsolutePath().normalize());
        OutputDirectory output = new OutputDirectory(directory);
        List<Path> present = output.present(files);
        if (!present.isEmpty() && !force) {
            say("there already: "
                    + String.join(", ", present.stream().map(Path::toString).toList())
                    + "; nothing was written. Give another --out, or --force to overwrite (a new token and new keys: exchange them on"
                    + " both sides)");
            return FAILED;
        }
        try {
            output.write(files);
        } catch (IOException e) {
            say("cannot write to " + directory + " (" + e + "); some files may be missing: run it again with --force");
            return FAILED;
        }
        tell(directory, files);
        return 0;
    }

    private void tell(Path directory, List<SetupFile> files) {
        PrintWriter print = spec.commandLine().getOut();
        int width = files.stream().mapToInt(file -> file.name().length()).max().orElse(0);
        print.println("wrote to " + SafeText.of(directory.toString(), 1_000));
        for (SetupFile file : files) {
            print.printf("  %-" + width + "s  %s%s%n", file.name(), file.use(), file.secret() ? "  [0600]" : "");
        }
        print.println("next: read " + SafeText.of(directory.resolve("README.md").toString(), 1_000)
                + "; to undo, delete the directory: nothing else was changed");
        print.flush();
    }

    private List<SetupFile> files(SetupRequest request, Path directory) {
        Path signer = authority;
        if (signer == null) {
            return Setup.files(request, directory);
        }
        try {
            return Setup.files(
                    request,
                    directory,
                    Files.readString(signer.resolve("ca.crt")),
                    Files.readString(signer.resolve("ca.key")));
        } catch (IOException e) {
            throw refusal("--ca: cannot read ca.crt and ca.key in " + signer + " (" + e + ")");
        } catch (IllegalArgumentException e) {
            throw refusal("--ca " + signer + ": " + e.getMessage());
        }
    }

    private SetupRequest request() {
        List<String> problems = new ArrayList<>();
        if (!cluster.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?")) {
            problems.add("--cluster: must be letters, digits, dots and dashes, 63 at most");
        }
        URI address = address(problems);
        Duration span = Amounts.duration(valid);
        if (span == null || span.isZero() || span.compareTo(LONGEST) > 0) {
            problems.add("--valid: must be a span from 1s to 825d, such as 90d, not " + valid);
        }
        for (String resource : bodies) {
            if (!resource.equals(SetupRequest.SECRETS) && !resource.equals(SetupRequest.CONFIG_MAPS)) {
                problems.add("--bodies: must be secrets or configmaps, not " + resource);
            }
        }
        for (String group : groups) {
            if (!group.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
                problems.add(
                        "--groups: \"" + group + "\" is no API group; it is the part of apiVersion before the slash");
            }
        }
        for (String name : names) {
            if (!name.matches("[A-Za-z0-9:.-]{1,253}")) {
                problems.add("--san: \"" + name + "\" is neither a host name nor an address");
            }
        }
        if (!problems.isEmpty() || address == null || span == null) {
            throw refusal(String.join("\n", problems));
        }
        return new SetupRequest(cluster, platform, address, names, bodies, groups, kubelets, clock.instant(), span);
    }

    private @Nullable URI address(List<String> problems) {
        try {
            URI address = URI.create(url);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            String path = address.getPath();
            if (web && address.getHost() != null && (path == null || path.isEmpty() || path.equals("/"))) {
                boolean loopback = address.getHost().equals("localhost")
                        || address.getHost().startsWith("127.")
                        || address.getHost().equals("[::1]");
                if (address.getScheme().equals("http") && !loopback) {
                    problems.add("--url: plain http leaves the machine unprotected, and ingest refuses it; give https");
                }
                return URI.create(address.getScheme() + "://" + address.getRawAuthority());
            }
        } catch (IllegalArgumentException e) {
            // Said below, together with the other ways of being none.
        }
        problems.add("--url: must be https://HOST:PORT, not " + url);
        return null;
    }

    private ParameterException refusal(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void say(String message) {
        spec.commandLine().getErr().println("patchwar: " + SafeText.of(message, 4_000));
    }

    /** A platform by its word. */
    static final class PlatformWord implements ITypeConverter<Platform> {
        @Override
        public Platform convert(String word) {
            return Platform.of(word)
                    .orElseThrow(() -> new TypeConversionException(
                            "there is no platform \"" + word + "\"" + DidYouMean.among(Platform.words(), word)));
        }
    }
}
