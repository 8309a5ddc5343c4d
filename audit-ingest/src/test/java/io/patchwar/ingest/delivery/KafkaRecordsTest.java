package io.patchwar.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {
    private final KafkaRecords form = new KafkaRecords(new Topics("", 3, (short) 1));

    @Test
    void aDeadLetterHasInItsHeadersWhyItIsOneAndWhereItStood() throws IOException {
        CollectedRecords out = new CollectedRecords();
        byte[] input = "not an event, \"hunter2\"".getBytes(StandardCharsets.UTF_8);
        try (Batch batch = out.pipeline().begin(Origin.kept("prod", "node-1", true))) {
            batch.feed(input, 0, input.length, 4_711);
            batch.commit().join();
        }

        ProducerRecord<byte[], byte[]> letter = form.of(out.records.get(0), null);

        JsonNode value = new ObjectMapper().readTree(letter.value());
        assertThat(letter.topic()).isEqualTo("audit-events-dlq");
        assertThat(headers(letter))
                .containsExactly(
                        Map.entry("cluster", "prod"),
                        Map.entry("source", "node-1"),
                        Map.entry("reason", "not-json"),
                        Map.entry("position", "4711"),
                        Map.entry("digest", CollectedRecords.KEY.digest(input, 0, input.length)));
        assertThat(value.path("digest").asText()).isEqualTo(headers(letter).get("digest"));
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
