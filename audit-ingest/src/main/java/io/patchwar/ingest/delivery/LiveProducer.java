package io.patchwar.ingest.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The producer, once it is opened; made anew when it failed for good, as such a one says so in every call. Thread-safe. */
final class LiveProducer {
    private static final Logger LOG = LoggerFactory.getLogger(LiveProducer.class);
    private static final Duration RENEWED_AT_MOST_EVERY = Duration.ofSeconds(2);

    private final Supplier<Producer<byte[], byte[]>> maker;
    private final AtomicReference<@Nullable Producer<byte[], byte[]>> current = new AtomicReference<>();
    private boolean closed;
    private long renewedAt = System.nanoTime();

    LiveProducer(Supplier<Producer<byte[], byte[]>> maker) {
        this.maker = maker;
    }

    /** Makes the producer; until then, nothing can be sent. */
    synchronized void open() {
        if (!closed) {
            current.set(maker.get());
        }
    }

    /**
     * Hands a record over, which may wait for room in the producer's buffer.
     *
     * @param outcome told null once it is acknowledged, else why it is not; from the producer's thread or from within this call
     */
    void send(ProducerRecord<byte[], byte[]> record, Consumer<@Nullable Exception> outcome) {
        Producer<byte[], byte[]> producer = current.get();
        if (producer == null) {
            outcome.accept(new IllegalStateException("the producer is not open"));
            return;
        }
        try {
            var unused = producer.send(record, (at, e) -> outcome.accept(e));
        } catch (RuntimeException e) {
            outcome.accept(e);
            renewAfter(producer, e);
        }
    }

    private synchronized void renewAfter(Producer<byte[], byte[]> failed, RuntimeException e) {
        boolean recently = System.nanoTime() - renewedAt < RENEWED_AT_MOST_EVERY.toNanos();
        if (current.get() != failed || closed || recently) {
            return;
        }
        renewedAt = System.nanoTime();
        LOG.warn("the producer failed, and is made anew: {}", e.toString());
        current.set(maker.get());
        failed.close(Duration.ZERO);
    }

    /** @param patience for what is under way */
    void close(Duration patience) {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            closed = true;
            last = current.getAndSet(null);
        }
        if (last != null) {
            last.close(patience);
        }
    }
}
