package io.patchwar.standalone;

import io.patchwar.service.http.HttpAddress;
import io.patchwar.standalone.demo.DemoRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code patchwar demo}. As {@link ServeCommand}, it names nothing of the services' libraries in fields and methods. */
@Command(
        name = "demo",
        description = {
            "Show a war: starts all of Patchwar on free ports, and plays to it what a real API server wrote down while MetalLB"
                    + " and chisel-operator fought over the addresses of three Services, with its times moved to now.",
            "Goes on until Ctrl-C, so that you can look around."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the war was shown, and --once given",
            "130, 143:stopped, as asked by Ctrl-C or SIGTERM",
            "2:could not do it; says why, and where the logs are"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchwar demo",
            "  patchwar demo --speed 4 --once",
            "  patchwar demo --http 127.0.0.1:8080 --data ./demo-data"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int FAILED = 2;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as fast as it happened the war is fought, 0.1 to 100 (default: 1).")
    private double speed;

    @Option(names = "--once", description = "End when the war was shown.")
    private boolean once;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            converter = Words.Address.class,
            description = "Where API and metrics are (default: a free port on loopback).")
    private HttpAddress http = new HttpAddress("127.0.0.1", 0);

    @Option(
            names = "--ingest",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            converter = Words.Address.class,
            description = "Where audit events can be posted to (default: a free port on loopback).")
    private HttpAddress ingest = new HttpAddress("127.0.0.1", 0);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: a temporary directory, removed at the end).")
    private @Nullable Path data;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!(speed >= 0.1 && speed <= 100)) {
            throw new ParameterException(spec.commandLine(), "--speed: from 0.1 to 100, not " + speed);
        }
        boolean colour = terminal.outIsTerminal() && !terminal.noColour();
        DemoRun run =
                new DemoRun(spec.commandLine().getOut(), spec.commandLine().getErr(), terminal.width(), colour);
        return run.run(new DemoRun.Wishes(speed, once, data, http, ingest)) ? 0 : FAILED;
    }
}
