package io.patchwar.ingest.files;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.files.FilesConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.DeadLetters;
import io.patchwar.ingest.pipeline.DurableFile;
import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.ingest.redact.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A process that follows a log and appends what is durable to a file, until somebody kills it. */
final class FollowingChild {
    private FollowingChild() {}

    /**
     * @param arguments the log, the file of positions, the file of what is durable
     */
    public static void main(String[] arguments) throws Exception {
        DurableFile outlet = new DurableFile(Path.of(arguments[2]));
        IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
        Pipeline pipeline = new Pipeline(
                IngestScope.DEFAULT,
                Redaction.under(CollectedRecords.KEY),
                new DeadLetters(CollectedRecords.KEY, false),
                outlet,
                metrics,
                InstantSource.system());
        FilesConfig config = new FilesConfig(
                Path.of(arguments[1]),
                List.of(new LogConfig("c1", List.of(arguments[0]), "node-1", Start.BEGINNING)),
                Duration.ofMillis(20),
                32 << 10,
                1 << 20,
                Duration.ofSeconds(30));
        FileDoor door = new FileDoor(config, pipeline, metrics);
        door.start();
        System.out.println("follows");
        Thread.currentThread().join();
    }
}
