package io.patchwar.service.kafka;

import java.util.Map;

/**
 * How a topic must look.
 *
 * @param config topic settings, by Kafka's names
 */
public record TopicSpec(String name, int partitions, short replicas, Map<String, String> config) {
    public TopicSpec {
        config = Map.copyOf(config);
    }
}
