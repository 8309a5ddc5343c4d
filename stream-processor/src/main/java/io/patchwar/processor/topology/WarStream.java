package io.patchwar.processor.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.metrics.KafkaMeters;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running topology. Its topics must be there before it starts. Thread-safe. */
public final class WarStream implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(WarStream.class);
    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final ProcessorConfig config;
    private final StreamHealth health;
    private final MeterRegistry registry;
    private final Topology topology;
    private final Properties properties;
    private final FailureDoors doors;
    private final Vigils vigils;
    private final @Nullable ToldReader told;
    private volatile @Nullable KafkaStreams streams;
    private @Nullable KafkaMeters meters;
    private boolean closed;

    public WarStream(ProcessorConfig config, StreamHealth health, MeterRegistry registry, InstantSource clock) {
        this.config = config;
        this.health = health;
        this.registry = registry;
        ProcessorMetrics metrics = new ProcessorMetrics(registry, clock);
        this.doors = new FailureDoors(health, metrics);
        this.properties = StreamProperties.of(config, doors);
        this.vigils = new Vigils(config.stream().sessionTimeout(), System::nanoTime);
        DeadLetters letters = new DeadLetters(config.deadLetters(), config.secret(), metrics, clock);
        // In a transaction nothing is told that is told again.
        this.told = StreamsConfig.AT_LEAST_ONCE.equals(properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                ? new ToldReader(config, ToldReader.LONGEST)
                : null;
        this.topology = new WarTopology(config, metrics, letters, vigils, told == null ? ToldSource.NONE : told)
                .build(properties);
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public synchronized void start() throws IOException {
        if (closed) {
            return;
        }
        Files.createDirectories(config.stream().stateDirectory());
        try {
            KafkaStreams created = new KafkaStreams(topology, properties);
            created.setUncaughtExceptionHandler(doors);
            created.setStateListener((now, before) -> LOG.info("stream: {} (was {})", now, before));
            KafkaMeters bound = new KafkaMeters(created::metrics, registry);
            bound.start();
            meters = bound;
            streams = created;
            created.start();
        } catch (StreamsException e) {
            throw new IOException(
                    "the stream cannot start: " + e.getMessage() + "; is another process using "
                            + config.stream().stateDirectory() + "?",
                    e);
        }
    }

    @Override
    public Check check() {
        KafkaStreams running = streams;
        if (health.cause().isPresent()) {
            return Check.failed(name(), health.cause().get());
        }
        if (running == null) {
            return Check.failed(name(), "waits for its topics");
        }
        return switch (running.state()) {
            case RUNNING ->
                vigils.standstill().map(where -> Check.failed(name(), where)).orElse(Check.ok(name(), "running"));
            case CREATED, REBALANCING -> Check.failed(name(), "takes up its partitions and their state");
            default -> Check.failed(name(), running.state().toString().toLowerCase(Locale.ROOT));
        };
    }

    /** Gives its partitions back to the others, so that they go on at once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        KafkaStreams running = streams;
        if (running != null) {
            // Who keeps its partitions over a restart must not leave the group for it.
            CloseOptions.GroupMembershipOperation group =
                    config.stream().instanceId().isEmpty()
                            ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                            : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
            boolean done =
                    running.close(CloseOptions.groupMembershipOperation(group).withTimeout(CLOSE));
            if (!done) {
                LOG.warn(
                        "the stream did not end within {} s; what it had not committed is read again",
                        CLOSE.toSeconds());
            }
        }
        if (told != null) {
            told.close();
        }
        if (meters != null) {
            meters.close();
        }
    }
}
