package io.patchwar.processor.topology;

import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.wire.WarJson;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.processor.topology.Found.Place;
import io.patchwar.watch.Conflicts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes each update of a war to its topic but for those that stand there from before a crash, tells its cause of it, and deletes it a while after its end, by its cluster's
 * time: a cluster that is not heard keeps its wars. Shelf keys are {@code cluster/id}, so that a cluster's wars stand together.
 */
final class WarKeeper implements Turn<byte[], Found> {
    static final String STORE = "war-shelf";

    private final Duration keepEnded;
    private final ProcessorMetrics metrics;
    private final ProcessorContext<byte[], Found> context;
    private final KeyValueStore<String, byte[]> shelf;
    private final Retelling retelling;

    private WarKeeper(Supplier supplied, ProcessorContext<byte[], Found> context) {
        this.keepEnded = supplied.keepEnded;
        this.metrics = supplied.metrics;
        this.context = context;
        this.shelf = context.getStateStore(STORE);
        this.retelling = new Retelling(supplied.told.of(context.taskId().partition()), supplied.patience);
    }

    /**
     * Makes a keeper for each partition, and its shelf.
     *
     * @param told what was told before a partition was taken up
     * @param patience with that; the thread waits meanwhile
     */
    record Supplier(
            Duration keepEnded,
            ProcessorMetrics metrics,
            ToldSource told,
            Duration patience,
            Map<String, String> changelog)
            implements ProcessorSupplier<byte[], Found, byte[], Found> {
        @Override
        public Processor<byte[], Found, byte[], Found> get() {
            return new TurnProcessor<>(context -> new WarKeeper(this, context));
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(PlainStore.named(STORE, Serdes.String(), changelog));
        }
    }

    @Override
    public void process(Record<byte[], Found> record) {
        if (record.value() instanceof Found.War found) {
            keep(record, found.update());
        } else if (record.value() instanceof Found.TimePassed passed) {
            retelling.passed(offset());
            clear(passed, record.timestamp());
        }
    }

    private void keep(Record<byte[], Found> record, WarUpdate update) {
        War war = update.war();
        byte[] told = WarJson.write(update);
        if (retelling.isTold(record.key(), told, offset())) {
            metrics.toldBefore();
        } else {
            forward(record.key(), Place.WARS, told, record.timestamp());
        }
        String key = key(war.object().cluster(), war.id());
        byte[] known = shelf.get(key);
        String before = known == null ? "" : ShelvedWar.read(known).cause();
        boolean joins = war.warClass().isWar() && war.muted() == null && update.lifecycle() != Lifecycle.WITHDRAWN;
        String cause = joins ? Conflicts.causeOf(war) : "";
        if (!before.isEmpty() && !before.equals(cause)) {
            forward(text(before), Place.CAUSES, WarInCause.gone(war.id()), record.timestamp());
        }
        if (joins) {
            forward(text(cause), Place.CAUSES, WarInCause.of(update), record.timestamp());
        }
        ShelvedWar now = new ShelvedWar(end(update), cause);
        if (known == null || !now.equals(ShelvedWar.read(known))) {
            shelf.put(key, now.toBytes());
        }
    }

    /** What was withdrawn is over as well, and by then has no other end than its last change. */
    private static @Nullable Instant end(WarUpdate update) {
        War war = update.war();
        Instant ended =
                update.lifecycle() == Lifecycle.WITHDRAWN && war.endedAt() == null ? war.lastChangeAt() : war.endedAt();
        return ended == null ? null : Instant.ofEpochMilli(ended.toEpochMilli());
    }

    /** A cluster's shelf is short: of wars since {@code keepEnded}, and bounded by the wars that a watch may know. */
    private void clear(Found.TimePassed passed, long timestamp) {
        Instant latest = passed.now().minus(keepEnded);
        List<KeyValue<String, ShelvedWar>> over = new ArrayList<>();
        String first = key(passed.cluster(), "");
        try (KeyValueIterator<String, byte[]> wars = shelf.range(first, first + '\uffff')) {
            while (wars.hasNext()) {
                KeyValue<String, byte[]> entry = wars.next();
                ShelvedWar war = ShelvedWar.read(entry.value);
                Instant ended = war.ended();
                if (ended != null && !ended.isAfter(latest)) {
                    over.add(KeyValue.pair(entry.key, war));
                }
            }
        }
        for (KeyValue<String, ShelvedWar> entry : over) {
            String id = entry.key.substring(first.length());
            forward(text(id), Place.WARS, null, timestamp);
            if (!entry.value.cause().isEmpty()) {
                forward(text(entry.value.cause()), Place.CAUSES, WarInCause.gone(id), timestamp);
            }
            shelf.delete(entry.key);
        }
    }

    /** Of the event that is read now. */
    private long offset() {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("no record is being read"))
                .offset();
    }

    private void forward(byte[] key, Place place, byte @Nullable [] value, long timestamp) {
        context.forward(new Record<>(key, new Found.Written(place, value), timestamp));
    }

    @Override
    public void close() {
        // All that it knows stands on its shelf.
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String key(String cluster, String id) {
        return cluster + "/" + id;
    }
}
