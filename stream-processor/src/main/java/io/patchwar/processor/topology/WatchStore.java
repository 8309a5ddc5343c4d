package io.patchwar.processor.topology;

import io.patchwar.watch.live.ObjectMemory;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.RecordCollector;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The store that a watch keeps its objects in: a plain key-value store with one changelog, and a hook before each commit.
 *
 * <p>The watch keeps hot objects decoded and writes them when it is told to. That must happen before Streams commits the
 * offsets of what made them so: Streams asks every store that is a {@link CachedStateStore} for its cache just then, and the
 * watch's decoded objects are such a cache. The interface is internal to Streams; {@code FaultsIT} fails when a new
 * version no longer keeps to it.
 *
 * <p>In at-least-once the state must not know of a war that its topic has not: a crash between the two would lose an update for
 * good, because the events that made it would then be known. So what was sent on is waited for before the state is written.
 */
final class WatchStore implements StateStore, CachedStateStore<Bytes, byte[]> {
    private final KeyValueStore<Bytes, byte[]> entries;
    private final ObjectMemory memory = new Memory();
    private @Nullable StateBeforeCommit before;
    private RecordCollector.@Nullable Supplier sent;

    WatchStore(KeyValueStore<Bytes, byte[]> entries) {
        this.entries = entries;
    }

    /** Builds such stores; a cache in front of the entries would reorder them and is refused. */
    static StoreBuilder<WatchStore> builder(String name, Map<String, String> changelog) {
        return new Builder(PlainStore.named(name, Serdes.Bytes(), changelog));
    }

    ObjectMemory memory() {
        return memory;
    }

    /**
     * Has what is not in the store yet written before every commit, on the stream's thread.
     *
     * @param hook null once there is nobody who would: what is behind it must not be kept alive, as a standby's copy may be for days
     */
    void beforeCommit(@Nullable StateBeforeCommit hook) {
        this.before = hook;
    }

    @Override
    public void flushCache() {
        StateBeforeCommit hook = before;
        if (hook != null) {
            if (hook.sent()) {
                collector().flush();
            }
            hook.write();
        }
    }

    /** The one of now: a standby's store has none, and is not initialised again when its task becomes active. */
    private RecordCollector collector() {
        RecordCollector collector = sent == null ? null : sent.recordCollector();
        if (collector == null) {
            throw new IllegalStateException("there is no way to wait for the wars that this state would know of");
        }
        return collector;
    }

    @Override
    public void clearCache() {
        // Nobody writes to the entries but the watch.
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Bytes, byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        sent = context instanceof RecordCollector.Supplier supplier ? supplier : null;
        entries.init(context, root);
    }

    @Override
    public String name() {
        return entries.name();
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        entries.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return entries.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // Until it is taken out of the interface, Streams asks for it.
    public boolean managesOffsets() {
        return entries.managesOffsets();
    }

    @Override
    public void close() {
        before = null;
        entries.close();
    }

    @Override
    public boolean persistent() {
        return entries.persistent();
    }

    @Override
    public boolean isOpen() {
        return entries.isOpen();
    }

    @Override
    public Position getPosition() {
        return entries.getPosition();
    }

    private final class Memory implements ObjectMemory {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return entries.get(Bytes.wrap(key));
        }

        @Override
        public void put(byte[] key, byte[] value) {
            entries.put(Bytes.wrap(key), value);
        }

        @Override
        public void delete(byte[] key) {
            entries.delete(Bytes.wrap(key));
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
            try (KeyValueIterator<Bytes, byte[]> range =
                    entries.range(Bytes.wrap(from), to == null ? null : Bytes.wrap(to))) {
                while (range.hasNext()) {
                    var entry = range.next();
                    byte[] key = entry.key.get();
                    // Kafka's ranges have both ends in them.
                    if ((to != null && Arrays.equals(key, to)) || !visitor.visit(key, entry.value)) {
                        return;
                    }
                }
            }
        }
    }

    private record Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> entries) implements StoreBuilder<WatchStore> {
        @Override
        public StoreBuilder<WatchStore> withCachingEnabled() {
            throw new UnsupportedOperationException("the watch is its own cache, and needs its writes in order");
        }

        @Override
        public StoreBuilder<WatchStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<WatchStore> withLoggingEnabled(Map<String, String> config) {
            return new Builder(entries.withLoggingEnabled(config));
        }

        @Override
        public StoreBuilder<WatchStore> withLoggingDisabled() {
            throw new UnsupportedOperationException("what a watch knows must outlive its instance");
        }

        @Override
        public WatchStore build() {
            return new WatchStore(entries.build());
        }

        @Override
        public Map<String, String> logConfig() {
            return entries.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return entries.loggingEnabled();
        }

        @Override
        public String name() {
            return entries.name();
        }
    }
}
