package io.patchwar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InProcessBrokerIT {
    private static final TopicPartition ONE = new TopicPartition("one", 0);

    @TempDir
    private Path data;

    @Test
    void keepsWhatItAcknowledgedOverARestart() throws Exception {
        BrokerConfig config;
        try (InProcessBroker broker = InProcessBroker.over(data)) {
            config = broker.config();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                admin.createTopics(List.of(new NewTopic("one", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            try (var producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrap(), "max.in.flight.requests.per.connection", 1),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>("one", "k", "v")).get(30, TimeUnit.SECONDS);
            }
        }
        try (InProcessBroker again = InProcessBroker.start(config);
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", again.bootstrap()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(ONE));
            consumer.seekToBeginning(List.of(ONE));
            assertThat(consumer.poll(Duration.ofSeconds(30)).records(ONE))
                    .extracting("value")
                    .containsExactly("v");
        }
    }
}
