package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import io.patchwar.standalone.demo.ReplayRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patchwar replay}: posts a recorded audit log to a running ingest, as if it happened now. */
@Command(
        name = "replay",
        description = {
            "Play a recorded audit log to a running ingest, as an API server would post it, with its times moved to now.",
            "For trying alerts and dashboards on a war that is over."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every event was acknowledged", "2:could not do it; says why"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchwar replay --to http://127.0.0.1:8090/audit/demo recordings/metallb-chisel.jsonl.gz",
            "  patchwar replay --to https://ingest:8443/audit/demo --ca tls/ca.crt --token-file token audit.log.gz"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int FAILED = 2;

    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            description = "The recording: audit events, one JSON object a line, compressed with gzip.")
    private Path recording = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description =
                    "Where events are posted to, with the cluster's name at its end: http://127.0.0.1:8090/audit/demo.")
    private String to = "";

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificate of who signed the ingest's, as PEM (default: whom Java believes).")
    private @Nullable Path authority;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token that the ingest asks for; over https only.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as fast as it was recorded, 0.01 to 1000 (default: 1).")
    private double speed;

    ReplayCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (!(speed >= 0.01 && speed <= 1_000)) {
            throw new ParameterException(spec.commandLine(), "--speed: from 0.01 to 1000, not " + speed);
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            new ReplayRun(err, clock).run(new ReplayRun.Wishes(recording, target(), authority, tokenFile, speed));
            return 0;
        } catch (IOException e) {
            err.println("patchwar: " + SafeText.of(String.valueOf(e.getMessage()), 2_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private URI target() {
        URI url;
        try {
            url = URI.create(to);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--to: " + to + " is no URL", e);
        }
        boolean tls = "https".equals(url.getScheme());
        if ((!tls && !"http".equals(url.getScheme()))
                || url.getHost() == null
                || !url.getPath().matches("/audit/[^/]+")) {
            throw new ParameterException(spec.commandLine(), "--to: give http(s)://HOST:PORT/audit/CLUSTER, not " + to);
        }
        if (tokenFile != null && !tls) {
            throw new ParameterException(spec.commandLine(), "--token-file: a token goes over https only");
        }
        return url;
    }
}
