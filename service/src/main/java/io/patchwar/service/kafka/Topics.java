package io.patchwar.service.kafka;

import io.patchwar.model.wire.TopicName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Patchwar's topics in one Kafka cluster, each with the settings it needs.
 *
 * @param prefix before every name, empty for none
 * @param partitions of those that are keyed by object; can never be changed later, because keyed state would be lost
 * @param replicas copies of every partition
 */
public record Topics(String prefix, int partitions, short replicas) {
    private static final int LARGEST_RECORD = 6 << 20;

    public String name(TopicName topic) {
        return prefix + topic.word();
    }

    public List<TopicSpec> all() {
        return Stream.of(TopicName.values()).map(this::spec).toList();
    }

    /** How a topic must look. */
    public TopicSpec spec(TopicName topic) {
        return switch (topic) {
            case AUDIT_EVENTS -> deleted(topic, partitions, Duration.ofHours(24));
            case FIELD_CHANGES -> deleted(topic, partitions, Duration.ofDays(7));
            case WARS -> compacted(topic, partitions);
            case CONFLICTS, CLUSTER_LOAD -> compacted(topic, 1);
            case DEAD_LETTERS -> deleted(topic, 1, Duration.ofDays(7));
        };
    }

    private TopicSpec deleted(TopicName topic, int count, Duration kept) {
        Map<String, String> config = common();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        config.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(kept.toMillis()));
        return new TopicSpec(name(topic), count, replicas, config);
    }

    private TopicSpec compacted(TopicName topic, int count) {
        Map<String, String> config = common();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        config.put(
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                String.valueOf(Duration.ofDays(1).toMillis()));
        // Who starts anew reads the whole topic: small segments are cleaned soon.
        config.put(
                TopicConfig.SEGMENT_MS_CONFIG,
                String.valueOf(Duration.ofHours(1).toMillis()));
        return new TopicSpec(name(topic), count, replicas, config);
    }

    private static Map<String, String> common() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(LARGEST_RECORD));
        config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        return config;
    }
}
