package io.patchwar.processor.stage;

import static org.awaitility.Awaitility.await;

import io.patchwar.model.wire.TopicName;
import io.patchwar.processor.ProcessorService;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.service.kafka.TopicSetup;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One stream on a real broker, seen from outside: what ingest sends, what readers find, how far the group has come. One thread. */
public final class BrokerStage implements AutoCloseable {
    /** Nothing here takes so long on an idle machine; the machine may not be idle. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ProcessorConfig config;
    private final Topics topics;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private long records;

    /** Makes the topics of the configuration, so that what is sent is not lost. */
    public BrokerStage(ProcessorConfig config) throws Exception {
        this.config = config;
        this.topics = config.kafka().topics();
        String bootstrap = config.kafka().connection().bootstrap();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        new TopicSetup(admin, PATIENCE).prepare(topics.all(), true);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1,
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends records as ingest does: events by their key, heartbeats to every partition. */
    public void send(Collection<EventRecord> events) {
        events.forEach(this::send);
    }

    public void send(EventRecord event) {
        String topic = topics.name(TopicName.AUDIT_EVENTS);
        if (event.heartbeat()) {
            for (int partition = 0; partition < topics.partitions(); partition++) {
                send(new ProducerRecord<>(topic, partition, (byte[]) null, event.value(), event.headers()));
            }
        } else {
            send(new ProducerRecord<>(topic, (Integer) null, event.key(), event.value(), event.headers()));
        }
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        records++;
        sent.add(producer.send(record));
    }

    /** Waits until Kafka has all that was sent. */
    public void flush() throws Exception {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        sent.clear();
    }

    /** How many records were sent, each heartbeat once for each partition. */
    public long records() {
        return records;
    }

    /** Starts an instance. */
    public static ProcessorService start(ProcessorConfig config) {
        ProcessorService service = new ProcessorService(config);
        try {
            service.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return service;
    }

    /** Waits until the group has committed all that was sent. */
    public void awaitProcessed() throws Exception {
        flush();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> lag() == 0);
    }

    /** How many records the group has not committed. */
    public long lag() throws Exception {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        String topic = topics.name(TopicName.AUDIT_EVENTS);
        IntStream.range(0, topics.partitions())
                .forEach(partition -> all.put(new TopicPartition(topic, partition), OffsetSpec.latest()));
        var ends = admin.listOffsets(all).all().get(30, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetAndMetadata> done = admin.listConsumerGroupOffsets(
                        config.stream().applicationId())
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata committed = done.get(end.getKey());
                    return end.getValue().offset() - (committed == null ? 0 : committed.offset());
                })
                .sum();
    }

    /** All that stands in the topic of wars now. */
    public WarsTopic wars() throws Exception {
        WarsTopic wars = new WarsTopic();
        read(topics.name(TopicName.WARS)).forEach(war -> wars.take(war.key(), war.value()));
        return wars;
    }

    /** Everything in a topic, as who reads only what is committed sees it. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        config.kafka().connection().bootstrap(),
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("cannot read " + topic + " to its end");
                }
            }
        }
        return records;
    }

    public Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
    }
}
