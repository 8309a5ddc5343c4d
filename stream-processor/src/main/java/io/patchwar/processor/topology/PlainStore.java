package io.patchwar.processor.topology;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of this topology: on the disk, with a changelog, and without a cache of Streams' in front, which would reorder what is
 * written and hold it a second time. Stateless.
 */
final class PlainStore {
    private PlainStore() {}

    /**
     * Builds one of that name.
     *
     * @param changelog settings of its topic
     */
    static <K> StoreBuilder<KeyValueStore<K, byte[]>> named(String name, Serde<K> keys, Map<String, String> changelog) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingEnabled(changelog)
                .withCachingDisabled();
    }
}
