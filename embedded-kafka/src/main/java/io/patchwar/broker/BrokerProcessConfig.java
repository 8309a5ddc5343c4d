package io.patchwar.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a broker runs in a JVM of its own.
 *
 * @param home directory that is kept: {@code kafka} with the records, {@code logs/broker.log}, and a lock
 * @param port that clients connect to; 0 for any that is free. It stays the same while the broker is watched
 * @param heap most memory of the child's heap, as {@code -Xmx} takes it
 * @param leastFree bytes that must stay free on the disk of {@code home}
 * @param retainedBytes of a partition whose topic does not say how much of it is kept
 * @param patience how long a start may take until the broker answers
 * @param properties broker properties over the ones chosen here
 */
public record BrokerProcessConfig(
        Path home,
        int port,
        String heap,
        long leastFree,
        long retainedBytes,
        Duration patience,
        Map<String, String> properties) {
    private static final long MIB = 1 << 20;
    private static final int SEGMENTS = 4;
    private static final long SMALLEST_SEGMENT = MIB;
    private static final long LARGEST_SEGMENT = 64 * MIB;

    public BrokerProcessConfig {
        home = home.toAbsolutePath().normalize();
        properties = Map.copyOf(properties);
    }

    /** A broker for one machine: 256 MiB of heap, 256 MiB of each partition kept, 512 MiB of the disk left alone. */
    public static BrokerProcessConfig in(Path home) {
        return new BrokerProcessConfig(home, 0, "256m", 512 * MIB, 256 * MIB, Duration.ofSeconds(60), Map.of());
    }

    public BrokerProcessConfig withPort(int other) {
        return new BrokerProcessConfig(home, other, heap, leastFree, retainedBytes, patience, properties);
    }

    public BrokerProcessConfig withLeastFree(long bytes) {
        return new BrokerProcessConfig(home, port, heap, bytes, retainedBytes, patience, properties);
    }

    public BrokerProcessConfig withRetainedBytes(long bytes) {
        return new BrokerProcessConfig(home, port, heap, leastFree, bytes, patience, properties);
    }

    /** Where the records are. */
    Path records() {
        return home.resolve("kafka");
    }

    Path log() {
        return home.resolve("logs").resolve("broker.log");
    }

    /** Whole segments are dropped, and never the newest: several of them make the bound mean what it says. */
    Map<String, String> brokerProperties() {
        Map<String, String> p = new HashMap<>();
        long segment = Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, retainedBytes / SEGMENTS));
        p.put("log.retention.bytes", String.valueOf(retainedBytes));
        p.put("log.segment.bytes", String.valueOf(segment));
        p.put("log.retention.check.interval.ms", "30000");
        p.put("log.segment.delete.delay.ms", "5000");
        p.put("log.index.size.max.bytes", String.valueOf(MIB));
        p.put("metadata.log.segment.bytes", String.valueOf(16 * MIB));
        p.put("metadata.max.retention.bytes", String.valueOf(32 * MIB));
        p.putAll(properties);
        return p;
    }
}
