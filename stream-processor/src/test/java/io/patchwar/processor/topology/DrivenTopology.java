package io.patchwar.processor.topology;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.processor.stage.EventRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on Kafka's test driver: one partition, a broker of paper, a wall clock that is moved by hand. One thread. */
final class DrivenTopology implements AutoCloseable {
    private static final Instant ARRIVAL = Instant.parse("2026-11-24T00:00:00Z");

    final MeterRegistry registry = new SimpleMeterRegistry();
    final StreamHealth health = new StreamHealth();
    final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> events;

    DrivenTopology(ProcessorConfig config) {
        this(config, InstantSource.system());
    }

    DrivenTopology(ProcessorConfig config, InstantSource clock) {
        ProcessorMetrics metrics = new ProcessorMetrics(registry, clock);
        var properties = StreamProperties.of(config, new FailureDoors(health, metrics));
        var letters = new DeadLetters(config.deadLetters(), config.secret(), metrics, clock);
        var vigils = new Vigils(config.stream().sessionTimeout(), System::nanoTime);
        driver = new TopologyTestDriver(
                new WarTopology(config, metrics, letters, vigils, ToldSource.NONE).build(properties),
                properties,
                ARRIVAL);
        events = driver.createInputTopic("audit-events", new ByteArraySerializer(), new ByteArraySerializer());
    }

    void pipe(EventRecord event) {
        pipe(new TestRecord<>(event.key(), event.value(), event.headers(), ARRIVAL));
    }

    void pipe(TestRecord<byte[], byte[]> record) {
        events.pipeInput(record);
    }

    /** Lets the wall clock go on, for what only counts and gathers. */
    void tick() {
        driver.advanceWallClockTime(Duration.ofSeconds(11));
    }

    /** What was written to that topic since this was asked last. */
    List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** The sum over all meters of that name and those tags. */
    double counted(String name, String... tags) {
        return registry.find(name).tags(tags).meters().stream()
                .map(Meter::measure)
                .flatMap(all -> StreamSupport.stream(all.spliterator(), false).limit(1))
                .mapToDouble(measurement -> measurement.getValue())
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }
}
