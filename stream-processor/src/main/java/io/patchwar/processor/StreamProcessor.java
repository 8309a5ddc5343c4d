package io.patchwar.processor;

import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.service.ServiceCommand;
import io.patchwar.service.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service as a process of its own. */
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

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    static final ServiceCommand<ProcessorConfig> COMMAND = new ServiceCommand<>(
            "stream-processor", HELP, ProcessorConfig::read, ProcessorConfig::effective, StreamProcessor::serve);

    private StreamProcessor() {}

    public static void main(String[] args) {
        COMMAND.runAsProcess(args);
    }

    private static @Nullable String serve(ProcessorConfig config, StopSignal stop)
            throws IOException, InterruptedException {
        try (ProcessorService service = new ProcessorService(config)) {
            service.start();
            Optional<String> failure = Optional.empty();
            while (failure.isEmpty() && !stop.await(BETWEEN_LOOKS)) {
                failure = service.failure();
            }
            return failure.orElse(null);
        }
    }
}
