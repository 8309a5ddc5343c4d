package io.patchwar.service;

import io.patchwar.model.words.SafeText;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a service: {@code NAME --config FILE [--check-config]}. Exit status: 0 stopped as asked, 1 could not begin
 * or go on, 2 not started: configuration. Immutable.
 *
 * @param name as it is typed
 * @param help the whole of it
 * @param effective what holds, for an operator to read: secrets hidden
 * @param <C> the service's configuration
 */
public record ServiceCommand<C>(
        String name, String help, Reader<C> reader, Function<C, Map<String, String>> effective, Service<C> service) {
    private static final String LOGBACK = "logback.configurationFile";
    private static final int STOPPED = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final int LONGEST_LINE = 1_000;

    /** Reads a configuration. */
    public interface Reader<C> {
        /**
         * Reads all of it.
         *
         * @throws YamlProblems everything that is wrong with it
         */
        C read(InputStream yaml, Environment environment) throws IOException, YamlProblems;
    }

    /** Serves, once it is known how. */
    public interface Service<C> {
        /**
         * Serves until a stop is asked for.
         *
         * @return null once stopped as asked, else why it cannot go on, for people
         * @throws IOException if it cannot begin, with what is wrong
         */
        @Nullable
        String serve(C config, StopSignal stop) throws IOException, InterruptedException;
    }

    /** Runs as this process, and ends it. */
    public void runAsProcess(String[] args) {
        // Before the first logger: a bare logback says everything that the Kafka clients think.
        if (System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, "io/patchwar/service/logback.xml");
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, System.getenv(), args));
    }

    /** Runs, and returns the exit status. */
    public int run(PrintStream out, PrintStream err, Map<String, String> variables, String... args) {
        Path file = null;
        boolean check = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help", "-h" -> {
                    out.print(help);
                    return STOPPED;
                }
                case "--check-config" -> check = true;
                case "--config" -> {
                    if (i + 1 == args.length) {
                        return refuse(err, "--config needs a file");
                    }
                    file = Path.of(args[++i]);
                }
                default -> {
                    return refuse(err, "unknown argument " + args[i]);
                }
            }
        }
        if (file == null) {
            return refuse(err, "--config FILE is missing");
        }
        C config;
        try (InputStream yaml = Files.newInputStream(file)) {
            config = reader.read(yaml, Environment.of(variables, "PATCHWAR_HEAP", "PATCHWAR_JAVA_OPTS"));
        } catch (YamlProblems e) {
            err.println(file + " cannot be used:");
            e.problems().forEach(problem -> err.println("  " + SafeText.of(problem, LONGEST_LINE)));
            return REFUSED;
        } catch (IOException e) {
            return refuse(err, "cannot read " + file + ": " + e.getClass().getSimpleName());
        }
        effective.apply(config).forEach((key, value) -> out.println(SafeText.of(key + " = " + value, LONGEST_LINE)));
        return check ? STOPPED : serve(config, err);
    }

    private int refuse(PrintStream err, String what) {
        err.println(name + ": " + SafeText.of(what, LONGEST_LINE));
        err.println("Try '" + name + " --help'.");
        return REFUSED;
    }

    private int serve(C config, PrintStream err) {
        try (StopSignal stop = new StopSignal().install()) {
            String failure = service.serve(config, stop);
            if (failure == null) {
                return STOPPED;
            }
            err.println(name + " stops: " + SafeText.of(failure, LONGEST_LINE));
        } catch (IOException e) {
            err.println(name + ": " + SafeText.of(String.valueOf(e.getMessage()), LONGEST_LINE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }
}
