package io.patchwar.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.wire.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often state was sent while a war was on its way that it knew of: one of an object in the same partition. What is on its
 * way from other partitions is none of its business. Kafka makes it, so what it counts is static.
 */
public final class SendOrder implements ProducerInterceptor<byte[], byte[]> {
    static final int PARTITIONS = 4;
    static final AtomicIntegerArray underway = new AtomicIntegerArray(PARTITIONS);
    static final AtomicIntegerArray wars = new AtomicIntegerArray(PARTITIONS);
    static final AtomicIntegerArray states = new AtomicIntegerArray(PARTITIONS);
    static final AtomicInteger early = new AtomicInteger();

    private static final String PARTITION = "test-partition";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Forgets what others sent. */
    static void reset() {
        early.set(0);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            underway.set(partition, 0);
            wars.set(partition, 0);
            states.set(partition, 0);
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().endsWith("-wars")) {
            int partition = partition(record.value());
            record.headers().add(PARTITION, new byte[] {(byte) partition});
            wars.incrementAndGet(partition);
            underway.incrementAndGet(partition);
        } else if (record.topic().endsWith("-object-state-changelog")) {
            states.incrementAndGet(record.partition());
            early.addAndGet(underway.get(record.partition()) > 0 ? 1 : 0);
        }
        return record;
    }

    /** Where the object's events are, and its state: in the partition of its key. */
    private static int partition(byte[] war) {
        try {
            JsonNode object = JSON.readTree(war).path("object");
            byte[] key = ObjectKey.of(new ObjectRef(
                    object.path("cluster").asText(),
                    object.path("group").asText(""),
                    object.path("resource").asText(),
                    object.path("namespace").asText(""),
                    object.path("name").asText()));
            return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
        } catch (IOException e) {
            throw new UncheckedIOException(new String(war, StandardCharsets.UTF_8), e);
        }
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure, Headers headers) {
        Header partition = headers.lastHeader(PARTITION);
        if (partition != null) {
            underway.decrementAndGet(partition.value()[0]);
        }
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
