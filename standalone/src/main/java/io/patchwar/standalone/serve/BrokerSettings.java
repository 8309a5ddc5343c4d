package io.patchwar.standalone.serve;

import io.patchwar.broker.BrokerProcessConfig;
import io.patchwar.service.kafka.Topics;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlSection;
import java.nio.file.Path;
import java.util.Map;

/**
 * The {@code broker} section: the embedded Kafka.
 *
 * @param port on loopback, 0 for any that is free
 * @param heapBytes of its JVM
 * @param keptBytes of events and their history, all partitions together; what is older goes
 * @param leastFreeBytes of the disk: below, nothing more is taken in
 */
record BrokerSettings(int port, long heapBytes, long keptBytes, long leastFreeBytes) {
    private static final long MIB = 1 << 20;
    static final BrokerSettings DEFAULT = new BrokerSettings(0, 256 * MIB, 2_048 * MIB, 512 * MIB);

    private static final long LEAST_OF_PARTITION = 8 * MIB;

    static BrokerSettings read(YamlSection file) {
        YamlSection broker = file.section("broker");
        return new BrokerSettings(
                broker.count("port", DEFAULT.port, 0, 65_535),
                broker.bytes("heap", DEFAULT.heapBytes, 96 * MIB, 16_384 * MIB),
                broker.bytes("kept", DEFAULT.keptBytes, 64 * MIB, 1L << 50),
                broker.bytes("leastFree", DEFAULT.leastFreeBytes, 16 * MIB, 1L << 50));
    }

    /** How the broker runs in that directory. */
    BrokerProcessConfig in(Path data, Topics topics) {
        // Events and field changes are kept by size, and the dead letters.
        long partitions = 2L * topics.partitions() + 1;
        BrokerProcessConfig usual = BrokerProcessConfig.in(data);
        return new BrokerProcessConfig(
                usual.home(),
                port,
                heapBytes / MIB + "m",
                leastFreeBytes,
                Math.max(LEAST_OF_PARTITION, keptBytes / partitions),
                usual.patience(),
                Map.of());
    }

    void show(Map<String, String> table) {
        table.put("broker.port", port == 0 ? "0 (any that is free)" : String.valueOf(port));
        table.put("broker.heap", Amounts.text(heapBytes));
        table.put("broker.kept", Amounts.text(keptBytes));
        table.put("broker.leastFree", Amounts.text(leastFreeBytes));
    }
}
