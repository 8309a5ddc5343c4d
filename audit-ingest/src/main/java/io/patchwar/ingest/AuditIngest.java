package io.patchwar.ingest;

import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.model.words.SafeText;
import io.patchwar.service.health.Health;
import io.patchwar.service.http.HealthPages;
import io.patchwar.service.http.HttpFront;
import io.patchwar.service.metrics.Metrics;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The command line of the service. Exit status: 0 stopped as asked, 1 could not begin, 2 not started: configuration. */
public final class AuditIngest {
    private static final String HELP = """
            Usage: audit-ingest --config FILE [--check-config]

            Takes Kubernetes audit events from API servers, files and topics, redacts them, and writes them to Kafka by object.

              --config FILE     the configuration; docs/audit-ingest.example.yaml shows every key with its default
              --check-config    read the configuration, say what is wrong with it or what holds, and end
              --help            this

            Every key can be set in the environment, too: kafka.topics.prefix is PATCHWAR_KAFKA_TOPICS_PREFIX.
            A first try needs two lines, and takes what is posted to http://127.0.0.1:8443/audit/CLUSTER:

              kafka: {bootstrap: "127.0.0.1:9092", topics: {replicas: 1}}
              data: ./ingest-data

            It is alive at /livez, at work at /readyz, and counts at /metrics (http.listen, default 127.0.0.1:8081).
            Exit status: 0 stopped as asked, 1 could not begin (the log says why), 2 the configuration is wrong.
            """;

    private static final String LOGBACK = "logback.configurationFile";
    private static final int STOPPED = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final int LONGEST_LINE = 1_000;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    AuditIngest(PrintStream out, PrintStream err, Map<String, String> environment) {
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
        System.exit(new AuditIngest(out, err, System.getenv()).run(args));
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
        IngestSettings settings;
        try (InputStream yaml = Files.newInputStream(file)) {
            settings = IngestSettings.read(yaml, Environment.of(environment, "PATCHWAR_HEAP", "PATCHWAR_JAVA_OPTS"));
        } catch (YamlProblems e) {
            err.println(file + " cannot be used:");
            e.problems().forEach(problem -> err.println("  " + SafeText.of(problem, LONGEST_LINE)));
            return REFUSED;
        } catch (IOException e) {
            return refuse("cannot read " + file + ": " + e.getClass().getSimpleName());
        }
        settings.effective().forEach((key, value) -> out.println(SafeText.of(key + " = " + value, LONGEST_LINE)));
        return check ? STOPPED : serve(settings);
    }

    private int refuse(String what) {
        err.println("audit-ingest: " + SafeText.of(what, LONGEST_LINE));
        err.println("Try 'audit-ingest --help'.");
        return REFUSED;
    }

    private int serve(IngestSettings settings) {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.countDown();
                            await(ended);
                        },
                        "stop"));
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                IngestService service = IngestService.of(settings, metrics, health);
                HttpFront front = new HttpFront(settings.http())) {
            HealthPages.addTo(front, health);
            metrics.addTo(front);
            front.start();
            service.start();
            LoggerFactory.getLogger(AuditIngest.class).info("health and metrics on http://{}", front.address());
            asked.await();
            return STOPPED;
        } catch (IOException e) {
            err.println("audit-ingest: " + SafeText.of(String.valueOf(e.getMessage()), LONGEST_LINE));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            // As long as a stop may take: doors, then the producer's last records.
            var unused = latch.await(45, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
