package io.patchwar.processor;

import io.patchwar.model.words.SafeText;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The command line of the service. Exit status: 0 stopped as asked, 1 could not go on, 2 not started: configuration. */
public final class StreamProcessor {
    private static final String HELP = """
            Usage: stream-processor --config FILE [--check-config]

            Reads audit events from Kafka and writes the wars that controllers fight over fields of Kubernetes objects.

              --config FILE     the configuration; docs/stream-processor.example.yaml shows every key with its default
              --check-config    read the configuration, say what is wrong with it or what holds, and end
              --help            this

            Every key can be set in the environment, too: kafka.topics.prefix is PATCHWAR_KAFKA_TOPICS_PREFIX.
            A first try needs two lines:

              kafka: {bootstrap: "127.0.0.1:9092", topics: {replicas: 1}}
              digestKeyFile: digest.key           # head -c 32 /dev/urandom | base64 > digest.key

            It is alive at /livez, at work at /readyz, and counts at /metrics (http.listen, default 127.0.0.1:8080).
            Any number of instances with one stream.applicationId share the work, as many as there are partitions.
            Exit status: 0 stopped as asked, 1 could not go on (the log says why), 2 the configuration is wrong.
            """;

    private static final String LOGBACK = "logback.configurationFile";
    private static final int STOPPED = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    StreamProcessor(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    public static void main(String[] args) {
        // Before the first logger: a bare logback says everything that the Kafka clients think.
        if (System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, "io/patchwar/service/logback.xml");
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new StreamProcessor(out, err, System.getenv()).run(args));
    }

    int run(String... args) {
        @Nullable Path file = null;
        boolean check = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help", "-h" -> {
                    out.print(HELP);
                    return STOPPED;
                }
                case "--check-config" -> check = true;
                case "--config" -> {
                    if (i + 1 == args.length) {
                        return refuse("--config needs a file");
                    }
                    file = Path.of(args[++i]);
                }
                default -> {
                    return refuse("unknown argument " + args[i]);
                }
            }
        }
        if (file == null) {
            return refuse("--config FILE is missing");
        }
        ProcessorConfig config;
        try (InputStream yaml = Files.newInputStream(file)) {
            config = ProcessorConfig.read(yaml, Environment.of(environment, "PATCHWAR_HEAP", "PATCHWAR_JAVA_OPTS"));
        } catch (YamlProblems e) {
            err.println(file + " cannot be used:");
            e.problems().forEach(problem -> err.println("  " + SafeText.of(problem, 1_000)));
            return REFUSED;
        } catch (IOException e) {
            return refuse("cannot read " + file + ": " + e.getClass().getSimpleName());
        }
        config.effective().forEach((key, value) -> out.println(SafeText.of(key + " = " + value, 1_000)));
        return check ? STOPPED : serve(config);
    }

    private int refuse(String what) {
        err.println("stream-processor: " + SafeText.of(what, 1_000));
        err.println("Try 'stream-processor --help'.");
        return REFUSED;
    }

    private int serve(ProcessorConfig config) {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    asked.countDown();
                    await(ended, 30);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (ProcessorService service = new ProcessorService(config)) {
            service.start();
            while (!await(asked, 1)) {
                Optional<String> failure = service.failure();
                if (failure.isPresent()) {
                    err.println("stream-processor stops: " + failure.get());
                    return FAILED;
                }
            }
            return STOPPED;
        } catch (IOException e) {
            err.println("stream-processor: " + e.getMessage());
            return FAILED;
        } finally {
            ended.countDown();
        }
    }

    private static boolean await(CountDownLatch latch, int seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
