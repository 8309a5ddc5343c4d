package io.patchwar.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    private final KafkaConnection connection = new KafkaConnection(
            "kafka:9092", Map.of("sasl.jaas.config", "… password=\"hunter2\"", "security.protocol", "SASL_SSL"));

    @Test
    void showsEverythingButSecrets() {
        assertThat(connection).hasToString("kafka:9092 {sasl.jaas.config=(hidden), security.protocol=SASL_SSL}");
    }

    @Test
    void letsTheOperatorHaveTheLastWordButOnWhereKafkaIs() {
        Map<String, Object> all =
                connection.client("me", Map.of("security.protocol", "PLAINTEXT", "bootstrap.servers", "other:1"));

        assertThat(all)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("client.id", "me");
    }
}
