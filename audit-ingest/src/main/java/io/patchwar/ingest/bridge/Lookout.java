package io.patchwar.ingest.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks at what a consumer does not say by itself, for {@link Contact}. One thread: the consumer's. */
final class Lookout implements ConsumerRebalanceListener {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** What is known of a topic is remembered by the client; only of one that is missing is asked again. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(10);

    private final BridgeConfig config;
    private final Consumer<byte[], byte[]> consumer;
    private final Contact contact;
    private @Nullable Metric fetches;
    private double fetchesBefore;
    private long askedAt = System.nanoTime() - ASK_EVERY.toNanos();

    Lookout(BridgeConfig config, Consumer<byte[], byte[]> consumer, Contact contact) {
        this.config = config;
        this.consumer = consumer;
        this.contact = contact;
    }

    /** After a poll that took so long, and brought something or nothing. */
    void polled(Duration took, boolean brought) {
        double now = fetches();
        contact.polled(took, consumer.assignment().size(), brought || now > fetchesBefore);
        fetchesBefore = now;
        if (System.nanoTime() - askedAt >= ASK_EVERY.toNanos()) {
            contact.asked(unknown());
            askedAt = System.nanoTime();
        }
    }

    /** How many fetches were answered; the client counts them, and tells it nowhere else. */
    private double fetches() {
        Metric counter = fetches;
        if (counter == null) {
            counter = consumer.metrics().values().stream()
                    .filter(metric -> metric.metricName().name().equals("fetch-total")
                            && metric.metricName().group().equals("consumer-fetch-manager-metrics"))
                    .findFirst()
                    .orElse(null);
            fetches = counter;
        }
        return counter != null && counter.metricValue() instanceof Double count ? count : fetchesBefore + 1;
    }

    private @Nullable List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        try {
            for (String topic : config.topics()) {
                if (consumer.partitionsFor(topic, ANSWER).isEmpty()) {
                    unknown.add(topic);
                }
            }
        } catch (TimeoutException e) {
            return null;
        }
        return unknown;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> more) {
        contact.joined(true);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
        // Given back within a rebalance, at whose end it is told what is this instance's.
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
        contact.joined(false);
    }
}
