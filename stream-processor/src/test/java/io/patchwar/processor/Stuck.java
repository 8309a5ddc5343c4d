package io.patchwar.processor;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Holds up who sends wars, as a full buffer does, until it is told to go on. Kafka makes it, so what it waits for is static. */
public final class Stuck implements ProducerInterceptor<byte[], byte[]> {
    static final CountDownLatch goesOn = new CountDownLatch(1);

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().endsWith("-wars") && !goesOn.await(3, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nobody said that it goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
