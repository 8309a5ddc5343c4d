package io.patchwar.processor.topology;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.wire.ChangesJson;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.model.wire.RecordHeaders;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.watch.live.LiveSink;
import io.patchwar.watch.live.LiveWatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Carries one partition's records to its {@link LiveWatch}, and what that finds on, at once. Reads, counts, puts aside what
 * cannot be read; judges nothing. The wall clock has no part in what is found: its tick only counts.
 */
final class WatchProcessor implements Turn<byte[], byte[]>, LiveSink, StateBeforeCommit {
    static final String STORE = "object-state";

    /** How often counters are brought up to date; far below a session, which {@link Vigil} needs. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How far a cluster's time moves before those who wait for it are told. */
    private static final Duration PASSED = Duration.ofSeconds(10);

    private final ProcessorConfig config;
    private final ProcessorMetrics metrics;
    private final DeadLetters deadLetters;
    private final ProcessorContext<byte[], Found> context;
    private final String task;
    private final WatchStore store;
    private final LiveWatch watch;
    private final ClusterReaders readers;
    private final Vigils vigils;
    private final Vigil vigil;
    private final Cancellable ticks;
    private final Map<String, Instant> told = new HashMap<>();

    private @Nullable Record<byte[], byte[]> current;
    private String cluster = "";
    private String source = "";
    private boolean warsSent;
    private Instant loadsDue = Instant.EPOCH;

    private WatchProcessor(Supplier supplied, ProcessorContext<byte[], Found> context) {
        this.config = supplied.config;
        this.metrics = supplied.metrics;
        this.deadLetters = supplied.deadLetters;
        this.context = context;
        this.task = context.taskId().toString();
        this.readers = new ClusterReaders(config.detection().scope());
        this.store = context.getStateStore(STORE);
        this.watch = new LiveWatch(config.partition(), config.secret().key(), store.memory(), this);
        watch.restore();
        store.beforeCommit(this);
        this.ticks = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(Instant.ofEpochMilli(now)));
        // Begins with the work, however long the state took to come.
        this.vigils = supplied.vigils;
        this.vigil = vigils.begin(task);
        // What was restored is told before the first tick: who asks a second too early would be told of no war.
        metrics.account(task, watch.account());
    }

    /** Makes a processor for each partition, and the store that it keeps its objects in. */
    record Supplier(
            ProcessorConfig config,
            ProcessorMetrics metrics,
            DeadLetters deadLetters,
            Map<String, String> changelog,
            Vigils vigils)
            implements ProcessorSupplier<byte[], byte[], byte[], Found> {
        @Override
        public Processor<byte[], byte[], byte[], Found> get() {
            return new TurnProcessor<>(context -> new WatchProcessor(this, context));
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(WatchStore.builder(STORE, changelog));
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        vigil.keep();
        current = record;
        cluster = header(record, RecordHeaders.CLUSTER, config.detection().cluster());
        source = header(record, RecordHeaders.SOURCE, "");
        byte[] value = record.value();
        if (value == null) {
            putAside(BadRecord.EMPTY);
        } else if (record.headers().lastHeader(RecordHeaders.HEARTBEAT) != null) {
            heartbeat(value);
        } else {
            take(Reading.of(value, source, readers.of(cluster)));
        }
        current = null;
    }

    private void take(Reading reading) {
        if (reading instanceof Reading.Event good) {
            metrics.accepted(task, cluster, good.event().time());
            watch.accept(good.event(), position().offset());
            passed(cluster, good.event().time());
        } else if (reading instanceof Reading.Skipped skipped) {
            metrics.skipped(cluster, skipped.reason());
        } else if (reading instanceof Reading.Bad bad) {
            putAside(bad);
        }
    }

    private void heartbeat(byte[] value) {
        Heartbeat heartbeat = Heartbeat.parse(value);
        if (heartbeat == null) {
            putAside(BadRecord.BAD_HEARTBEAT);
            return;
        }
        metrics.heartbeat(task, heartbeat.cluster(), heartbeat.heardUpTo());
        watch.heartbeat(heartbeat);
        passed(heartbeat.cluster(), heartbeat.heardUpTo());
    }

    private void putAside(BadRecord bad) {
        putAside(new Reading.Bad(bad));
    }

    private void putAside(Reading.Bad bad) {
        metrics.rejected(cluster, bad.word());
        Record<byte[], byte[]> record = current;
        if (record == null) {
            throw new IllegalStateException("nothing is being read");
        }
        context.forward(deadLetters.letter(record, position(), cluster, source, bad.word(), bad.explanation()));
    }

    @Override
    public void war(WarUpdate update) {
        metrics.war(update);
        warsSent = true;
        forward(update.war().id().getBytes(StandardCharsets.UTF_8), new Found.War(update));
    }

    @Override
    public void changes(ObjectRef object, Observation write) {
        metrics.changed(object.cluster(), write.changes().size());
        if (config.output().fieldChanges()) {
            forward(
                    ObjectKey.of(object),
                    new Found.Written(Found.Place.FIELD_CHANGES, ChangesJson.write(object, write)));
        }
    }

    private void passed(String name, Instant now) {
        Instant before = told.get(name);
        if (before == null || now.isAfter(before.plus(PASSED))) {
            told.put(name, now);
            forward(name.getBytes(StandardCharsets.UTF_8), new Found.TimePassed(name, now));
        }
    }

    private void tick(Instant now) {
        vigil.keep();
        metrics.account(task, watch.account());
        if (!now.isBefore(loadsDue)) {
            loadsDue = now.plus(config.output().loadInterval());
            for (ClusterLoad load : watch.loads(context.taskId().partition())) {
                String key = load.cluster() + "/" + load.partition();
                context.forward(new Record<>(
                        key.getBytes(StandardCharsets.UTF_8),
                        new Found.Written(Found.Place.CLUSTER_LOAD, load.toJson()),
                        now.toEpochMilli()));
            }
        }
    }

    @Override
    public boolean sent() {
        return warsSent;
    }

    @Override
    public void write() {
        vigil.keep();
        watch.commit();
        warsSent = false;
    }

    @Override
    public void close() {
        ticks.cancel();
        vigils.end(task, vigil);
        store.beforeCommit(null);
        metrics.account(task, watch.account());
        metrics.closed(task);
    }

    /** Stamped as the record that it was found by: from the time of its arrival to that of the war is what a reader waits. */
    private void forward(byte[] key, Found found) {
        Record<byte[], byte[]> record = current;
        if (record == null) {
            throw new IllegalStateException("found without a record");
        }
        context.forward(new Record<>(key, found, record.timestamp()));
    }

    private static String header(Record<byte[], byte[]> record, String name, String otherwise) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? otherwise
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    private RecordMetadata position() {
        return context.recordMetadata().orElseThrow(() -> new IllegalStateException("no record is being read"));
    }
}
