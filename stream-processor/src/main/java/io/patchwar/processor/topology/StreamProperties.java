package io.patchwar.processor.topology;

import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.config.StreamSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** What Kafka Streams is told, each with the reason. What the operator sets under {@code stream.properties} wins. Stateless. */
public final class StreamProperties {
    private static final int LARGEST_RECORD = 6 << 20;

    private StreamProperties() {}

    /**
     * The properties of a Streams client.
     *
     * @param doors what to do about failures; handed over as it is, because Streams makes its handlers itself
     */
    public static Properties of(ProcessorConfig config, FailureDoors doors) {
        StreamSettings stream = config.stream();
        Properties p = new Properties();
        p.putAll(config.kafka().connection().client(stream.applicationId(), Map.of()));
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, stream.applicationId());
        p.put(StreamsConfig.STATE_DIR_CONFIG, stream.stateDirectory().toString());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, stream.threads());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, stream.delivery().guarantee());
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, stream.commitInterval().toMillis());
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, stream.standbyReplicas());
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int)
                config.kafka().topics().replicas());
        // A generated name would change with the next operator, and its state would be left behind.
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // The watch is its own cache: another in front of the store would reorder what it writes.
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class);
        p.put(BoundedRocks.BYTES, stream.rocksBytes());
        failures(p, doors);
        consumer(p, stream);
        producer(p, stream);
        p.putAll(stream.properties());
        return p;
    }

    private static void failures(Properties p, FailureDoors doors) {
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        p.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailureDoors.Writing.class);
        p.put(FailureDoors.CONFIG, doors);
        // A broker that is away comes back: wait for it for as long as it takes, unready, rather than die and be
        // started again.
        p.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, Duration.ofDays(1).toMillis());
    }

    private static void consumer(Properties p, StreamSettings stream) {
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        if (!stream.instanceId().isEmpty()) {
            p.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), stream.instanceId());
        }
        // Others take over after this; the default is 45 s.
        long session = stream.sessionTimeout().toMillis();
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int) session);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                Math.max(1, session / 4));
        // A share of each poll for every partition: a cluster that floods some does not fill the poll.
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1_000);
        // A fetch for each few records costs more than judging them (decision 056); nobody notices a fifth of a second.
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 64 << 10);
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 200);
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 2 << 20);
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 16 << 20);
        p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 1_000);
        p.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 10_000);
    }

    private static void producer(Properties p, StreamSettings stream) {
        p.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // Every batch costs buffers here and work at the broker; nobody notices this much more of waiting.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_RECORD);
        // With several in flight the first batches into a topic that was just made can be lost (KAFKA-15591).
        p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        if (stream.delivery() == Delivery.AT_LEAST_ONCE) {
            // As above: longer than any broker is away while somebody fetches another.
            p.put(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), (int)
                    Duration.ofMinutes(30).toMillis());
        }
        p.put(StreamsConfig.topicPrefix(TopicConfig.COMPRESSION_TYPE_CONFIG), "producer");
    }
}
