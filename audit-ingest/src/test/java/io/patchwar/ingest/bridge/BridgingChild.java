package io.patchwar.ingest.bridge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.ingest.bridge.BridgeConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.DeadLetters;
import io.patchwar.ingest.pipeline.DurableFile;
import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.ingest.redact.Redaction;
import io.patchwar.service.kafka.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A bridge in a process of its own, that appends what is durable to a file until somebody kills it. */
final class BridgingChild {
    private BridgingChild() {}

    /**
     * @param arguments the brokers, the topic, the file of what is durable
     */
    public static void main(String[] arguments) throws Exception {
        IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
        Pipeline pipeline = new Pipeline(
                IngestScope.DEFAULT,
                Redaction.under(CollectedRecords.KEY),
                new DeadLetters(CollectedRecords.KEY, false),
                new DurableFile(Path.of(arguments[2])),
                metrics,
                InstantSource.system());
        new Bridge(config(arguments[0], arguments[1]), pipeline, metrics).start();
        Thread.currentThread().join();
    }

    /** As every instance that shares the work has it; small polls, so that a kill finds one under way. */
    static BridgeConfig config(String brokers, String topic) {
        return new BridgeConfig(
                "b-" + topic,
                new KafkaConnection(
                        brokers,
                        Map.of(
                                "session.timeout.ms",
                                "6000",
                                "heartbeat.interval.ms",
                                "1000",
                                "metadata.max.age.ms",
                                "1000",
                                "max.poll.records",
                                "50")),
                List.of(topic),
                "group-" + topic,
                ClusterNaming.always("c1"),
                Start.EARLIEST,
                Duration.ofSeconds(10));
    }
}
