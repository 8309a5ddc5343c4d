package io.patchwar.processor;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sees what is read of the changelogs, by restoring tasks and by standbys, and makes it as slow as a large state is. Kafka makes it, so
 * what it knows is static.
 */
public final class Restores implements ConsumerInterceptor<byte[], byte[]> {
    /** Up to where each was read. */
    static final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();

    /** Records that were read a second time. */
    static final AtomicLong again = new AtomicLong();

    private static volatile Duration slowness = Duration.ZERO;

    /** Forgets all, and lets each changelog take so long from now on. */
    static void reset(Duration each) {
        reached.clear();
        again.set(0);
        slowness = each;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            var some = records.records(partition);
            Long known = reached.get(partition);
            long first = some.get(0).offset();
            long end = some.get(some.size() - 1).offset() + 1;
            if (known != null && first < known) {
                again.addAndGet(Math.min(end, known) - first);
            }
            if (known == null || first < known) {
                long over = System.nanoTime() + slowness.toNanos();
                while (System.nanoTime() < over) {
                    LockSupport.parkNanos(over - System.nanoTime());
                }
            }
            reached.merge(partition, end, Math::max);
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
