package io.patchwar.processor;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Counts how often state was sent while a war was on its way that it knew of. Kafka makes it, so what it counts is static. */
public final class SendOrder implements ProducerInterceptor<byte[], byte[]> {
    static final AtomicInteger underway = new AtomicInteger();
    static final AtomicInteger states = new AtomicInteger();
    static final AtomicInteger early = new AtomicInteger();

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().endsWith("-wars")) {
            underway.incrementAndGet();
        } else if (record.topic().endsWith("-object-state-changelog")) {
            states.incrementAndGet();
            early.addAndGet(underway.get() > 0 ? 1 : 0);
        }
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (metadata != null && metadata.topic().endsWith("-wars")) {
            underway.decrementAndGet();
        }
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
