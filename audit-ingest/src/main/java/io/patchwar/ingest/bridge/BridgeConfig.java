package io.patchwar.ingest.bridge;

import io.patchwar.service.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;

/**
 * Topics of one Kafka cluster that shippers fill.
 *
 * @param name of the bridge, in logs, metrics and checks; the source of events that name none
 * @param from where the topics are; any client property can be set there, for TLS and SASL
 * @param topics their names
 * @param group consumer group: instances with the same one share the work
 * @param clusters which cluster a record is of
 * @param start where to begin in a partition of which the group knows nothing
 * @param patience how long an acknowledgement is waited for; less than the consumer's max.poll.interval.ms
 */
public record BridgeConfig(
        String name,
        KafkaConnection from,
        List<String> topics,
        String group,
        ClusterNaming clusters,
        Start start,
        Duration patience) {
    public static final Duration PATIENCE = Duration.ofMinutes(2);
    public static final String GROUP = "patchwar-ingest";

    /** Where to begin in a partition of which the group knows nothing. */
    public enum Start {
        EARLIEST,
        LATEST
    }

    public BridgeConfig {
        topics = List.copyOf(topics);
    }
}
