package io.patchwar.processor.config;

import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code stream} section: how this instance takes part in the stream.
 *
 * @param applicationId group id, prefix of internal topics and name of the state directory: never to be changed lightly
 * @param instanceId keeps this instance's partitions over a restart shorter than the session; empty for none
 * @param stateDirectory where state is kept; one process each
 * @param threads that judge
 * @param delivery how often what was found is written
 * @param commitInterval how much work a crash repeats, and with exactly-once how late readers see it
 * @param sessionTimeout after how much silence others take an instance's partitions
 * @param standbyReplicas further instances that keep a copy of each partition's state
 * @param rocksBytes native memory for all stores of this instance
 * @param properties of Kafka Streams, over what is chosen here
 */
public record StreamSettings(
        String applicationId,
        String instanceId,
        Path stateDirectory,
        int threads,
        Delivery delivery,
        Duration commitInterval,
        Duration sessionTimeout,
        int standbyReplicas,
        long rocksBytes,
        Map<String, String> properties) {
    public static final StreamSettings DEFAULT = new StreamSettings(
            "patchwar",
            "",
            Path.of("patchwar-state"),
            2,
            Delivery.AT_LEAST_ONCE,
            Delivery.AT_LEAST_ONCE.commitInterval(),
            Duration.ofSeconds(6),
            0,
            256L << 20,
            Map.of());

    private static final String NAME = "[a-zA-Z0-9._-]{1,100}";

    public StreamSettings {
        properties = Map.copyOf(properties);
    }

    static StreamSettings read(YamlSection file) {
        YamlSection stream = file.section("stream");
        String applicationId = stream.text("applicationId", DEFAULT.applicationId);
        if (!applicationId.matches(NAME)) {
            stream.problem("applicationId", "must be letters, digits, dots, dashes and underscores, 100 at most");
        }
        String instanceId = stream.has("instanceId") ? stream.text("instanceId", "") : "";
        if (!instanceId.isEmpty() && !instanceId.matches(NAME)) {
            stream.problem("instanceId", "must be letters, digits, dots, dashes and underscores, 100 at most");
        }
        Delivery delivery = delivery(stream);
        Duration session = stream.duration(
                "sessionTimeout", DEFAULT.sessionTimeout, Duration.ofSeconds(1), Duration.ofMinutes(30));
        Duration commit = stream.duration(
                "commitInterval", delivery.commitInterval(), Duration.ofMillis(10), Duration.ofMinutes(1));
        StreamSettings settings = new StreamSettings(
                applicationId,
                instanceId,
                Path.of(stream.text("stateDirectory", DEFAULT.stateDirectory.toString())),
                stream.count("threads", DEFAULT.threads, 1, 64),
                delivery,
                commit,
                session,
                stream.count("standbyReplicas", DEFAULT.standbyReplicas, 0, 5),
                stream.bytes("rocksBytes", DEFAULT.rocksBytes, 16 << 20, 64L << 30),
                stream.map("properties"));
        StreamCheck.problem(settings)
                .ifPresent(what -> stream.problem(
                        settings.properties.isEmpty() ? "commitInterval" : "properties", "Kafka refuses it: " + what));
        return settings;
    }

    private static Delivery delivery(YamlSection stream) {
        String word = stream.text("delivery", DEFAULT.delivery.word());
        return Delivery.of(word).orElseGet(() -> {
            stream.problem("delivery", "must be one of " + Delivery.words() + ", not \"" + word + "\"");
            return DEFAULT.delivery;
        });
    }

    /** The same, with its state elsewhere. */
    StreamSettings in(Path otherStateDirectory) {
        return new StreamSettings(
                applicationId,
                instanceId,
                otherStateDirectory,
                threads,
                delivery,
                commitInterval,
                sessionTimeout,
                standbyReplicas,
                rocksBytes,
                properties);
    }

    void show(Map<String, String> table) {
        table.put("stream.applicationId", applicationId);
        table.put("stream.instanceId", instanceId.isEmpty() ? "(none)" : instanceId);
        table.put("stream.stateDirectory", stateDirectory.toString());
        table.put("stream.threads", String.valueOf(threads));
        table.put("stream.delivery", delivery.word());
        table.put("stream.commitInterval", Amounts.text(commitInterval));
        table.put("stream.sessionTimeout", Amounts.text(sessionTimeout));
        table.put("stream.standbyReplicas", String.valueOf(standbyReplicas));
        table.put("stream.rocksBytes", Amounts.text(rocksBytes));
        new KafkaConnection("", properties)
                .shown()
                .forEach((key, value) -> table.put("stream.properties." + key, value));
    }

    /** Secrets hidden, as in the table. */
    @Override
    public String toString() {
        Map<String, String> table = new TreeMap<>();
        show(table);
        return table.toString();
    }
}
