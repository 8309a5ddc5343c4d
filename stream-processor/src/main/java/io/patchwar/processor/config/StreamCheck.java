package io.patchwar.processor.config;

import io.patchwar.service.kafka.KafkaConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** Asks Kafka's own clients what they would say to an operator's settings, before any of them begins. Stateless. */
final class StreamCheck {
    private static final String ANY = "check";

    private StreamCheck() {}

    /** What Streams or one of its clients would refuse, and why; empty where they would begin. */
    @SuppressWarnings("deprecation") // Of a switch that Streams warns about until it is set.
    static Optional<String> problem(StreamSettings stream) {
        Map<String, Object> all = new HashMap<>();
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, stream.applicationId());
        all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, stream.delivery().guarantee());
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, stream.commitInterval().toMillis());
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        all.putAll(stream.properties());
        try {
            StreamsConfig streams = new StreamsConfig(all);
            consumer(streams.getMainConsumerConfigs(ANY, ANY, 0));
            consumer(streams.getRestoreConsumerConfigs(ANY));
            consumer(streams.getGlobalConsumerConfigs(ANY));
            new ProducerConfig(with(
                    streams.getProducerConfigs(ANY),
                    Map.of(
                            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class)));
            new AdminClientConfig(streams.getAdminConfigs(ANY));
            return Optional.empty();
        } catch (KafkaException | IllegalArgumentException e) {
            return Optional.of(withoutSecrets(String.valueOf(e.getMessage()), stream.properties()));
        }
    }

    private static void consumer(Map<String, Object> configs) {
        new ConsumerConfig(with(
                configs,
                Map.of(
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)));
    }

    private static Map<String, Object> with(Map<String, Object> configs, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(configs);
        all.putAll(more);
        return all;
    }

    /** Kafka repeats the value that it does not like. */
    private static String withoutSecrets(String said, Map<String, String> properties) {
        String clean = said;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (KafkaConnection.isSecret(property.getKey())
                    && !property.getValue().isEmpty()) {
                clean = clean.replace(property.getValue(), "(hidden)");
            }
        }
        return clean;
    }
}
