package io.patchwar.standalone.serve;

import io.patchwar.model.words.SafeText;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of {@code patchwar serve}, from its configuration to its end. One thread. */
public final class ServeRun {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LONGEST_LINE = 2_000;

    private final PrintWriter out;
    private final PrintWriter err;

    public ServeRun(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** What the command line says over the configuration; null where it says nothing. */
    public record Overrides(
            @Nullable Path data,
            @Nullable HttpAddress http,
            @Nullable HttpAddress ingest) {
        ServeConfig over(ServeConfig config) {
            ServeConfig result = config;
            if (data != null) {
                result = result.withData(data);
            }
            if (http != null) {
                result = result.withHttp(http);
            }
            if (ingest != null) {
                result = result.withIngest(ingest);
            }
            return result;
        }
    }

    /** The configuration with all that is over it; null if it cannot be used, and then that was told. */
    public @Nullable ServeConfig configure(@Nullable Path file, Map<String, String> variables, Overrides overrides) {
        Environment environment = Environment.of(variables, "PATCHWAR_HEAP");
        try {
            return overrides.over(file == null ? ServeConfig.defaults(environment) : read(file, environment));
        } catch (YamlProblems e) {
            complain((file == null ? "the environment" : file) + " cannot be used:");
            e.problems().forEach(problem -> err.println("  " + SafeText.of(problem, LONGEST_LINE)));
            err.println("docs/serve.example.yaml shows every key");
        } catch (IllegalArgumentException e) {
            complain("--ingest " + overrides.ingest() + ": " + e.getMessage()
                    + "; set ingest.webhook.tls and ingest.webhook.clusters in the configuration");
        } catch (IOException e) {
            complain("cannot read " + file + ": " + e);
        }
        return null;
    }

    private static ServeConfig read(Path file, Environment environment) throws IOException, YamlProblems {
        try (InputStream yaml = Files.newInputStream(file)) {
            return ServeConfig.read(yaml, environment);
        }
    }

    /** Prints what holds. */
    public void show(ServeConfig config) {
        config.effective().forEach((key, value) -> out.printf("%-44s %s%n", key, SafeText.of(value, LONGEST_LINE)));
        out.flush();
    }

    /**
     * Runs until it is asked to stop, or cannot go on.
     *
     * @return whether it stopped because it was asked to
     */
    public boolean run(ServeConfig config) {
        long start = System.nanoTime();
        try (StopSignal stop = StopSignal.listen()) {
            tell("starting; everything is kept in " + config.data().toAbsolutePath());
            try (Serve serve = Serve.start(config, this::complain, stop::await)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                tell(String.format(Locale.ROOT, "ready after %.1f s: ", seconds) + String.join(", ", addresses(serve)));
                while (!stop.await(LOOK)) {
                    Optional<String> failure = serve.failure();
                    if (failure.isPresent()) {
                        complain("cannot go on: " + failure.get());
                        return false;
                    }
                }
                tell("stopping");
            } catch (ServeException e) {
                if (!stop.isAsked()) {
                    complain(String.valueOf(e.getMessage()));
                    return false;
                }
            }
            tell("stopped");
            return true;
        }
    }

    private static List<String> addresses(Serve serve) {
        return List.of(
                "API on http://" + serve.http() + "/",
                "ingest on " + serve.ingest() + "/audit/{cluster}",
                "Kafka on " + serve.kafka());
    }

    private void tell(String what) {
        out.println("patchwar: " + SafeText.of(what, LONGEST_LINE));
        out.flush();
    }

    private void complain(String what) {
        err.println("patchwar: " + SafeText.of(what, LONGEST_LINE));
        err.flush();
    }
}
