package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.TestConfigs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor's life, as Streams has it: made long before it begins, and begun again after it was closed. */
class WatchProcessorTest {
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    private Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Feud feud = new Feud("prod", "settings", BEGAN);
    private Duration session;
    private Vigils vigils;
    private MockProcessorContext<byte[], Found> context;
    private Processor<byte[], byte[], byte[], Found> processor;
    private WatchStore store;

    @BeforeEach
    void make() {
        ProcessorConfig config = TestConfigs.on("127.0.0.1:1", directory, 1);
        session = config.stream().sessionTimeout();
        ProcessorMetrics metrics = new ProcessorMetrics(registry, InstantSource.system());
        DeadLetters letters = new DeadLetters(config.deadLetters(), config.secret(), metrics, InstantSource.system());
        context = new MockProcessorContext<>(
                StreamProperties.of(config, new FailureDoors(new StreamHealth(), metrics)),
                new TaskId(0, 0),
                directory.toFile());
        context.setRecordMetadata("audit-events", 0, 0);
        store = new WatchStore(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(WatchProcessor.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build());
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        vigils = new Vigils(session, nanos::get);
        processor = new WatchProcessor.Supplier(config, metrics, letters, Map.of(), vigils).get();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void beginsHoweverLongItsStateWasReadBeforeItsInit() {
        passes(Duration.ofDays(3));
        processor.init(context);

        assertThatCode(this::tick).doesNotThrowAnyException();
        assertThatCode(this::read).doesNotThrowAnyException();
    }

    @Test
    void beginsAgainWhenItsTaskIsRevivedOrResumed() {
        processor.init(context);
        read();
        processor.close();
        passes(session.multipliedBy(2));
        processor.init(context);

        assertThatCode(this::tick).doesNotThrowAnyException();
        assertThatCode(this::read).doesNotThrowAnyException();
    }

    @Test
    void givesItsPartitionUpWhenItSleptBetweenItsInitAndItsFirstRecord() {
        processor.init(context);
        passes(session.plusNanos(1));

        assertThatThrownBy(this::read).isInstanceOf(TaskMigratedException.class);
        assertThatThrownBy(this::tick).isInstanceOf(TaskMigratedException.class);
    }

    @Test
    void tellsAgainAfterItsRevivalWhatAnAbortMayHaveTakenBack() {
        processor.init(context);
        read();
        List<Class<?>> first = told();
        processor.close();
        context.resetForwards();
        processor.init(context);
        read();

        assertThat(first).contains(Found.TimePassed.class);
        assertThat(told()).isEqualTo(first);
    }

    @Test
    void saysWhatItKnowsOfFromBeforeItsFirstTick() {
        processor.init(context);
        long offset = 0;
        for (EventRecord event : feud.writes(0, 2)) {
            context.setRecordMetadata("audit-events", 0, offset++);
            processor.process(new Record<>(event.key(), event.value(), BEGAN.toEpochMilli(), event.headers()));
        }
        context.setRecordMetadata("audit-events", 0, offset);
        EventRecord heard = feud.heard(BEGAN.plus(Duration.ofHours(1)));
        processor.process(new Record<>(heard.key(), heard.value(), BEGAN.toEpochMilli(), heard.headers()));
        tick();
        double before = registry.get("patchwar.tracked.objects").gauge().value();
        store.flushCache();
        processor.close();
        assertThat(registry.get("patchwar.tracked.objects").gauge().value()).isZero();
        processor.init(context);

        assertThat(before).isPositive();
        assertThat(registry.get("patchwar.tracked.objects").gauge().value()).isEqualTo(before);
    }

    @Test
    void isNotCalledByTheClockOfATurnThatIsOver() {
        processor.init(context);
        processor.close();

        assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);
        assertThatCode(store::flushCache).doesNotThrowAnyException();
        assertThatThrownBy(this::read).hasMessage("not begun");
    }

    @Test
    void saysFromOutsideThatItStandsStillForThreeSessionsUntilItIsClosed() {
        processor.init(context);
        passes(session.multipliedBy(3));
        assertThat(vigils.standstill()).isEmpty();
        passes(Duration.ofNanos(1));
        assertThat(vigils.standstill())
                .hasValueSatisfying(where -> assertThat(where)
                        .startsWith("task 0_0 stands still for 18 s;")
                        .contains("min.insync.replicas"));
        processor.close();

        assertThat(vigils.standstill()).isEmpty();
    }

    private void passes(Duration span) {
        nanos.addAndGet(span.toNanos());
    }

    private void tick() {
        List<CapturedPunctuator> all = context.scheduledPunctuators();
        all.get(all.size() - 1).getPunctuator().punctuate(BEGAN.toEpochMilli());
    }

    private void read() {
        EventRecord event = feud.heard(BEGAN);
        processor.process(new Record<>(event.key(), event.value(), BEGAN.toEpochMilli(), event.headers()));
    }

    private List<Class<?>> told() {
        return context.forwarded().stream()
                .map(CapturedForward::record)
                .<Class<?>>map(record -> record.value().getClass())
                .toList();
    }
}
