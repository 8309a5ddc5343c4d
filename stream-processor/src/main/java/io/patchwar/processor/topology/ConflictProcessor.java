package io.patchwar.processor.topology;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import io.patchwar.model.wire.WarJson;
import io.patchwar.watch.Conflicts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Gathers wars by their cause and writes each cause's conflicts, at most once a second however often its wars are told of:
 * a conflict of a thousand wars would be written a thousand times a second else. Keys of its store: {@code cause/id} holds a war,
 * {@code cause} the ids of the conflicts that were written, one a line.
 */
final class ConflictProcessor implements Turn<byte[], byte[]> {
    static final String STORE = "conflict-state";

    private static final Duration TICK = Duration.ofSeconds(1);

    /** Causes written in one tick; the others have their turn in the next. */
    private static final int MOST_IN_TICK = 200;

    private static final JsonFactory JSON = new JsonFactory();

    private final Set<String> touched = new LinkedHashSet<>();
    private final Map<String, Integer> written = new HashMap<>();
    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<String, byte[]> store;
    private final Cancellable ticks;

    private ConflictProcessor(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        // Whoever had this partition before may have died between a war and its conflict: all are written again, a few.
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                touched.add(all.next().key.split("/", 2)[0]);
            }
        }
        this.ticks = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    /** Makes the processor, and the store of its causes. */
    record Supplier(Map<String, String> changelog) implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
        @Override
        public Processor<byte[], byte[], byte[], byte[]> get() {
            return new TurnProcessor<>(ConflictProcessor::new);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(PlainStore.named(STORE, Serdes.String(), changelog));
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        String cause = new String(record.key(), StandardCharsets.UTF_8);
        WarInCause told = WarInCause.read(record.value());
        String key = cause + "/" + told.id();
        if (told.war() == null) {
            store.delete(key);
        } else {
            store.put(key, record.value());
        }
        touched.add(cause);
    }

    private void tick(long now) {
        Iterator<String> causes = touched.iterator();
        for (int i = 0; i < MOST_IN_TICK && causes.hasNext(); i++) {
            write(causes.next(), now);
            causes.remove();
        }
    }

    private void write(String cause, long now) {
        byte[] before = store.get(cause);
        Set<String> gone = new LinkedHashSet<>(
                before == null ? List.of() : text(before).lines().toList());
        Map<String, byte[]> conflicts = new TreeMap<>();
        for (Conflict conflict : Conflicts.among(wars(cause))) {
            conflicts.put(conflict.id(), json(conflict));
        }
        gone.removeAll(conflicts.keySet());
        conflicts.forEach((id, json) -> {
            int hash = Arrays.hashCode(json);
            Integer last = written.put(id, hash);
            if (last == null || last != hash) {
                forward(id, json, now);
            }
        });
        for (String id : gone) {
            written.remove(id);
            forward(id, null, now);
        }
        byte[] after = String.join("\n", conflicts.keySet()).getBytes(StandardCharsets.UTF_8);
        if (conflicts.isEmpty()) {
            store.delete(cause);
        } else if (!Arrays.equals(before, after)) {
            store.put(cause, after);
        }
    }

    private List<War> wars(String cause) {
        List<War> wars = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = store.range(cause + "/", cause + "/\uffff")) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                War war = WarInCause.read(entry.value).war();
                if (war != null) {
                    wars.add(war);
                }
            }
        }
        return wars;
    }

    private static byte[] json(Conflict conflict) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            WarJson.write(conflict, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory takes every byte", e);
        }
        return out.toByteArray();
    }

    private void forward(String id, byte @Nullable [] value, long now) {
        context.forward(new Record<>(id.getBytes(StandardCharsets.UTF_8), value, now));
    }

    @Override
    public void close() {
        ticks.cancel();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
