package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.processor.WarBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConflictProcessorTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    private Path directory;

    private final Processor<byte[], byte[], byte[], byte[]> processor = new ConflictProcessor.Supplier(Map.of()).get();
    private MockProcessorContext<byte[], byte[]> context;

    @BeforeEach
    void begin() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "patchwar");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        context = new MockProcessorContext<>(properties, new TaskId(1, 0), directory.toFile());
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(ConflictProcessor.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        processor.init(context);
    }

    @Test
    void writesAConflictOnceWhileNothingOfItChanges() {
        fight("one");
        fight("two");
        assertThat(written()).hasSize(1);
        fight("two");

        assertThat(written()).isEmpty();
    }

    /** Under exactly-once its record went with the transaction, and its task was closed and begun anew, the same object. */
    @Test
    void writesAConflictAgainWhoseRecordWasTakenBack() {
        fight("one");
        fight("two");
        List<String> takenBack = written();
        processor.close();
        processor.init(context);

        assertThat(written()).isEqualTo(takenBack).hasSize(1);
    }

    private void fight(String name) {
        byte[] war = WarInCause.of(WarBuilder.war(name).named(name).update());
        processor.process(new Record<>("cause".getBytes(StandardCharsets.UTF_8), war, NOW.toEpochMilli()));
    }

    /** What it writes when its clock ticks next. */
    private List<String> written() {
        List<String> written = new ArrayList<>();
        context.resetForwards();
        for (CapturedPunctuator clock : context.scheduledPunctuators()) {
            if (!clock.cancelled()) {
                clock.getPunctuator().punctuate(NOW.toEpochMilli());
            }
        }
        context.forwarded()
                .forEach(forward -> written.add(new String(forward.record().value(), StandardCharsets.UTF_8)));
        return written;
    }
}
