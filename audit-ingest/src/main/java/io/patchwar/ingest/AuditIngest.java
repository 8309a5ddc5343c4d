package io.patchwar.ingest;

import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.service.ServiceCommand;
import io.patchwar.service.StopSignal;
import io.patchwar.service.health.Health;
import io.patchwar.service.http.HealthPages;
import io.patchwar.service.http.HttpFront;
import io.patchwar.service.metrics.Metrics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The service as a process of its own. */
public final class AuditIngest {
    private static final String HELP = """
            Usage: audit-ingest --config FILE [--check-config]

            Takes Kubernetes audit events from API servers, files and topics, redacts them, and writes them to Kafka by object.

              --config FILE     the configuration; docs/audit-ingest.example.yaml shows every key with its default
              --check-config    read the configuration, say what is wrong with it or what holds, and end
              --help            this

            Every key can be set in the environment, too: kafka.topics.prefix is PATCHWAR_KAFKA_TOPICS_PREFIX.
            A first try needs three lines, and takes what is posted to http://127.0.0.1:8443/audit/CLUSTER:

              kafka: {bootstrap: "127.0.0.1:9092", topics: {replicas: 1}}
              data: ./ingest-data
              digestKeyFile: digest.key           # head -c 32 /dev/urandom | base64 > digest.key

            It is alive at /livez, at work at /readyz, and counts at /metrics (http.listen, default 127.0.0.1:8081).
            Exit status: 0 stopped as asked, 1 could not begin (the log says why), 2 the configuration is wrong.
            """;

    static final ServiceCommand<IngestSettings> COMMAND = new ServiceCommand<>(
            "audit-ingest", HELP, IngestSettings::read, IngestSettings::effective, AuditIngest::serve);

    private AuditIngest() {}

    public static void main(String[] args) {
        COMMAND.runAsProcess(args);
    }

    private static @Nullable String serve(IngestSettings settings, StopSignal stop)
            throws IOException, InterruptedException {
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                IngestService service = IngestService.of(settings, metrics, health);
                HttpFront front = new HttpFront(settings.http())) {
            HealthPages.addTo(front, health);
            metrics.addTo(front, health);
            front.start();
            service.start();
            LoggerFactory.getLogger(AuditIngest.class).info("health and metrics on http://{}", front.address());
            stop.await();
            return null;
        }
    }
}
