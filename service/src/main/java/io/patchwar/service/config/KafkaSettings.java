package io.patchwar.service.config;

import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.service.kafka.Topics;
import io.patchwar.settings.YamlSection;
import java.util.Map;

/**
 * The {@code kafka} section: where Kafka is, and how the topics there are named and made.
 *
 * @param mayCreate whether absent topics are created; else their absence is told, with how to create them
 */
public record KafkaSettings(KafkaConnection connection, Topics topics, boolean mayCreate) {
    /** Keyed topics of a cluster that nobody sized. */
    public static final int PARTITIONS = 12;

    /** Reads the section: {@code bootstrap}, {@code properties}, {@code topics.prefix|partitions|replicas|create}. */
    public static KafkaSettings read(YamlSection file) {
        YamlSection kafka = file.section("kafka");
        String bootstrap = kafka.text("bootstrap", "127.0.0.1:9092");
        Map<String, String> properties = kafka.map("properties");
        YamlSection topics = kafka.section("topics");
        String prefix = topics.has("prefix") ? topics.text("prefix", "") : "";
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            topics.problem("prefix", "must be letters, digits, dots, dashes and underscores, 100 at most");
        }
        int partitions = topics.count("partitions", PARTITIONS, 1, 1_000);
        int replicas = topics.count("replicas", 3, 1, 10);
        boolean mayCreate = topics.flag("create", true);
        return new KafkaSettings(
                new KafkaConnection(bootstrap, properties),
                new Topics(prefix, partitions, (short) replicas),
                mayCreate);
    }

    /** Adds what holds to the table that an operator is shown, secrets hidden. */
    public void show(Map<String, String> table) {
        table.put("kafka.bootstrap", connection.bootstrap());
        connection.shown().forEach((key, value) -> table.put("kafka.properties." + key, value));
        table.put("kafka.topics.prefix", topics.prefix().isEmpty() ? "(none)" : topics.prefix());
        table.put("kafka.topics.partitions", String.valueOf(topics.partitions()));
        table.put("kafka.topics.replicas", String.valueOf(topics.replicas()));
        table.put("kafka.topics.create", String.valueOf(mayCreate));
    }
}
