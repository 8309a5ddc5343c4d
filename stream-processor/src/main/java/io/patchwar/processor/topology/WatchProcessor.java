package io.patchwar.processor.topology;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
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
final class WatchProcessor implements Processor<byte[], byte[], byte[], Found>, LiveSink, AuditSink, StateBeforeCommit {
    static final String STORE = "object-state";

    /** How often counters are brought up to date; far below a session, which {@link Vigil} needs. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How far a cluster's time moves before those who wait for it are told. */
    private static final Duration PASSED = Duration.ofSeconds(10);

    private final ProcessorConfig config;
    private final ProcessorMetrics metrics;
    private final DeadLetters deadLetters;
    private final ClusterReaders readers;
    private final Vigil vigil;
    private final Map<String, Instant> told = new HashMap<>();

    private @Nullable ProcessorContext<byte[], Found> context;
    private @Nullable LiveWatch watch;
    private @Nullable Record<byte[], byte[]> current;
    private String cluster = "";
    private String source = "";
    private String task = "";
    private int eventsInRecord;
    private boolean warsSent;
    private Instant loadsDue = Instant.EPOCH;

    private WatchProcessor(Supplier supplied) {
        this.config = supplied.config;
        this.metrics = supplied.metrics;
        this.deadLetters = supplied.deadLetters;
        this.readers = new ClusterReaders(config.detection().scope());
        this.vigil = new Vigil(config.stream().sessionTimeout(), System::nanoTime);
    }

    /** Makes a processor for each partition, and the store that it keeps its objects in. */
    record Supplier(
            ProcessorConfig config, ProcessorMetrics metrics, DeadLetters deadLetters, Map<String, String> changelog)
            implements ProcessorSupplier<byte[], byte[], byte[], Found> {
        @Override
        public Processor<byte[], byte[], byte[], Found> get() {
            return new WatchProcessor(this);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(WatchStore.builder(STORE, changelog));
        }
    }

    @Override
    public void init(ProcessorContext<byte[], Found> context) {
        this.context = context;
        task = context.taskId().toString();
        WatchStore store = context.getStateStore(STORE);
        LiveWatch live = new LiveWatch(config.partition(), config.secret().key(), store.memory(), this);
        live.restore();
        this.watch = live;
        store.beforeCommit(this);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        vigil.keep();
        current = record;
        cluster = header(record, RecordHeaders.CLUSTER, config.detection().cluster());
        source = header(record, RecordHeaders.SOURCE, "");
        eventsInRecord = 0;
        byte[] value = record.value();
        if (value == null) {
            putAside(BadRecord.EMPTY);
        } else if (record.headers().lastHeader(RecordHeaders.HEARTBEAT) != null) {
            heartbeat(value);
        } else {
            readers.of(cluster).read(value, 0, value.length, source, this);
        }
        current = null;
    }

    private void heartbeat(byte[] value) {
        Heartbeat heartbeat = Heartbeat.parse(value);
        if (heartbeat == null) {
            putAside(BadRecord.BAD_HEARTBEAT);
            return;
        }
        metrics.heartbeat(task, heartbeat.cluster(), heartbeat.heardUpTo());
        watch().heartbeat(heartbeat);
        passed(heartbeat.cluster(), heartbeat.heardUpTo());
    }

    @Override
    public void accepted(AuditEvent event) {
        if (eventsInRecord++ > 0) {
            putAside(BadRecord.SEVERAL_EVENTS);
            return;
        }
        metrics.accepted(task, cluster, event.time());
        watch().accept(event, position().offset());
        passed(cluster, event.time());
    }

    @Override
    public void skipped(SkipReason reason) {
        metrics.skipped(cluster, reason);
    }

    @Override
    public void rejected(RejectReason reason, String detail) {
        putAside(reason.word(), reason.explanation());
    }

    private void putAside(BadRecord bad) {
        putAside(bad.word(), bad.explanation());
    }

    private void putAside(String reason, String detail) {
        metrics.rejected(cluster, reason);
        Record<byte[], byte[]> record = current;
        if (record == null) {
            throw new IllegalStateException("nothing is being read");
        }
        context().forward(deadLetters.letter(record, position(), cluster, source, reason, detail));
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
        metrics.account(task, watch().account());
        if (!now.isBefore(loadsDue)) {
            loadsDue = now.plus(config.output().loadInterval());
            for (ClusterLoad load : watch().loads(context().taskId().partition())) {
                String key = load.cluster() + "/" + load.partition();
                context()
                        .forward(new Record<>(
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
        watch().commit();
        warsSent = false;
    }

    @Override
    public void close() {
        if (context != null && watch != null) {
            metrics.account(task, watch.account());
            metrics.closed(task);
        }
    }

    /** Stamped as the record that it was found by: from the time of its arrival to that of the war is what a reader waits. */
    private void forward(byte[] key, Found found) {
        Record<byte[], byte[]> record = current;
        if (record == null) {
            throw new IllegalStateException("found without a record");
        }
        context().forward(new Record<>(key, found, record.timestamp()));
    }

    private static String header(Record<byte[], byte[]> record, String name, String otherwise) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? otherwise
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    private RecordMetadata position() {
        return context().recordMetadata().orElseThrow(() -> new IllegalStateException("no record is being read"));
    }

    private ProcessorContext<byte[], Found> context() {
        return there(context);
    }

    private LiveWatch watch() {
        return there(watch);
    }

    private static <T> T there(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not begun");
        }
        return part;
    }
}
