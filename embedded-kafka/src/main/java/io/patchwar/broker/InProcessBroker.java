package io.patchwar.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker in this JVM, for tests. A full disk halts the JVM that it runs in, without a word:
 * the product therefore runs its broker as a child JVM. Started by construction, stopped by {@link #close}; its threads
 * keep the JVM alive until then. One thread at a time.
 */
public final class InProcessBroker implements AutoCloseable {
    private final BrokerConfig config;
    private final KafkaRaftServer server;
    private boolean closed;

    private InProcessBroker(BrokerConfig config, KafkaRaftServer server) {
        this.config = config;
        this.server = server;
    }

    /** Starts a broker over an empty or kept directory, on ports of its own choosing. */
    public static InProcessBroker over(Path data) {
        return start(new BrokerConfig(data, LoopbackPorts.free(), LoopbackPorts.free(), Map.of()));
    }

    /**
     * Starts a broker and returns once it takes part in its cluster, which needs more than half of its brokers.
     *
     * @throws UncheckedIOException if the directory cannot be formatted
     */
    public static InProcessBroker start(BrokerConfig config) {
        Properties properties = new Properties();
        properties.putAll(config.properties());
        format(config.data(), config.node());
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        InProcessBroker broker = new InProcessBroker(config, server);
        try {
            server.startup();
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    private static void format(Path data, ClusterNode node) {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            Files.createDirectories(data);
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(node.id())
                    .setClusterId(node.clusterId().isEmpty() ? Uuid.randomUuid().toString() : node.clusterId())
                    .setDirectories(List.of(data.toString()))
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the broker's directory " + data, e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the broker's directory " + data, e);
        }
    }

    /** {@code host:port} for clients. */
    public String bootstrap() {
        return config.bootstrap();
    }

    /** How it runs; give it to {@link #start} again for a restart on the same ports and data. */
    public BrokerConfig config() {
        return config;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
