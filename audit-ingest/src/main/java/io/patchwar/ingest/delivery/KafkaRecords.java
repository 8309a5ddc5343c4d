package io.patchwar.ingest.delivery;

import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.DeadLetter;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.model.wire.RecordHeaders;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The form of records in Kafka (docs/topics.md). Immutable. */
final class KafkaRecords {
    private final Topics topics;

    KafkaRecords(Topics topics) {
        this.topics = topics;
    }

    /** @param time of the record; null for the moment at which the producer takes it */
    ProducerRecord<byte[], byte[]> of(OutRecord record, @Nullable Long time) {
        return new ProducerRecord<>(
                topics.name(record.topic()), null, time, record.key(), record.value(), headers(record));
    }

    private static List<Header> headers(OutRecord record) {
        List<Header> headers = new ArrayList<>();
        headers.add(header(RecordHeaders.CLUSTER, record.cluster()));
        headers.add(header(RecordHeaders.SOURCE, record.source()));
        if (record.topic() == TopicName.DEAD_LETTERS) {
            DeadLetter.told(record.value()).forEach((name, text) -> headers.add(header(name, text)));
        }
        return headers;
    }

    /** One for each partition. */
    Stream<ProducerRecord<byte[], byte[]>> of(Heartbeat heartbeat) {
        List<Header> headers = List.of(
                header(RecordHeaders.HEARTBEAT, "1"),
                header(RecordHeaders.CLUSTER, heartbeat.cluster()),
                header(RecordHeaders.SOURCE, heartbeat.source()));
        byte[] value = heartbeat.toJson();
        String topic = topics.name(TopicName.AUDIT_EVENTS);
        return IntStream.range(0, topics.partitions())
                .mapToObj(partition -> new ProducerRecord<>(topic, partition, null, null, value, headers));
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
