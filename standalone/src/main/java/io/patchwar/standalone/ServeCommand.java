package io.patchwar.standalone;

import io.patchwar.service.http.HttpAddress;
import io.patchwar.standalone.serve.LogTarget;
import io.patchwar.standalone.serve.ServeConfig;
import io.patchwar.standalone.serve.ServeRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code patchwar serve}. Names nothing of the services' libraries in fields and methods: `scan` runs without those on its class
 * path, and this class is there to be listed.
 */
@Command(
        name = "serve",
        description = {
            "Watch clusters live: takes their audit events and says who fights over what, now and for as long as it runs.",
            "Everything is in this one command: a Kafka broker (a process of its own, on loopback), the ingest that API"
                    + " servers post to, and the processor that judges."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "130, 143:stopped, as asked by Ctrl-C or SIGTERM",
            "2:could not start or go on; says why, and what to do"
        },
        footerHeading = "%nFrom nothing to a first war:%n",
        footer = {
            "  patchwar serve --data ./patchwar-data",
            "  curl --data-binary @audit.log http://127.0.0.1:8090/audit/my-cluster      in another terminal",
            "  curl http://127.0.0.1:8080/api/v1/wars",
            "",
            "An API server posts by itself with --audit-webhook-config-file. What is kept survives a restart:",
            "events, what is known of each object, and wars. `patchwar demo` shows it all with a war of two",
            "real controllers."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int FAILED = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = Words.Address.class,
            description = "Where API, health and metrics are (default: 127.0.0.1:8080; port 0: any that is free).")
    private @Nullable HttpAddress http;

    @Option(
            names = "--ingest",
            paramLabel = "HOST:PORT",
            converter = Words.Address.class,
            description = "Where audit events are posted to, as /audit/CLUSTER (default: 127.0.0.1:8090).")
    private @Nullable HttpAddress ingest;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: ./patchwar-data). One patchwar at a time.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Everything else, as in docs/serve.example.yaml. Options here have the last word.")
    private @Nullable Path config;

    @Option(names = "--print-config", description = "Print what holds, default or configured, and start nothing.")
    private boolean printConfig;

    @Override
    public Integer call() {
        LogTarget.standardError();
        ServeRun run =
                new ServeRun(spec.commandLine().getOut(), spec.commandLine().getErr());
        ServeConfig holds = run.configure(config, System.getenv(), new ServeRun.Overrides(data, http, ingest));
        if (holds == null) {
            return FAILED;
        }
        if (printConfig) {
            run.show(holds);
            return 0;
        }
        return run.run(holds) ? 0 : FAILED;
    }
}
