package io.patchwar.service.kafka;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach a Kafka cluster: where, and any client property over that (TLS, SASL). Immutable.
 *
 * @param bootstrap {@code host:port} of some brokers, separated by commas
 * @param properties given to every client as they are
 */
public record KafkaConnection(String bootstrap, Map<String, String> properties) {
    public KafkaConnection {
        properties = Map.copyOf(properties);
    }

    /** A cluster that asks for nothing. */
    public static KafkaConnection to(String bootstrap) {
        return new KafkaConnection(bootstrap, Map.of());
    }

    /** Properties for a client of that name; what is set here wins over {@code chosen}. */
    public Map<String, Object> client(String clientId, Map<String, ?> chosen) {
        Map<String, Object> all = new LinkedHashMap<>(chosen);
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        all.putAll(properties);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return all;
    }

    /** What is set, for an operator to read: secrets hidden. */
    public Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, isSecret(key) ? "(hidden)" : value));
        return shown;
    }

    /** Whether a client property of that name holds a secret, by the words Kafka uses for them. */
    public static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return name.contains("password")
                || name.contains("secret")
                || name.contains("jaas")
                || name.contains("token")
                || name.endsWith("keystore.key");
    }

    @Override
    public String toString() {
        return bootstrap + " " + shown();
    }
}
