package io.patchwar.processor.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on native memory for all stores of a size: block cache and write buffers together. Without it each store takes its own,
 * and a partition more is memory more. Made by Streams, once for each store; thread-safe.
 */
public final class BoundedRocks implements RocksDBConfigSetter {
    /** How many bytes all stores together may take. */
    public static final String BYTES = "patchwar.rocks.bytes";

    private static final int WRITE_BUFFER = 16 << 20;
    private static final double FILTER_BITS = 10;

    /** Shared by all stores with one bound, for as long as the process lives: they are few, and stores come and go. */
    private static final Map<Long, Shared> SHARED = new HashMap<>();

    private @Nullable BloomFilter filter;

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {
        static Shared of(long bytes) {
            Cache cache = new LRUCache(bytes, -1, false, 0.1);
            return new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        long bytes = configs.get(BYTES) instanceof Number n ? n.longValue() : 256L << 20;
        Shared shared;
        synchronized (SHARED) {
            shared = SHARED.computeIfAbsent(bytes, Shared::of);
        }
        filter = new BloomFilter(FILTER_BITS, false);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFilterPolicy(filter);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        if (filter != null) {
            filter.close();
        }
    }
}
