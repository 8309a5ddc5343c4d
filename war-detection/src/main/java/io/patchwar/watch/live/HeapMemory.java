package io.patchwar.watch.live;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A memory that ends with the process; unbounded but for what the watch itself keeps to. One thread. */
public final class HeapMemory implements ObjectMemory {
    private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        entries.remove(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        Map<byte[], byte[]> range = to == null ? entries.tailMap(from, true) : entries.subMap(from, true, to, false);
        for (Map.Entry<byte[], byte[]> entry : range.entrySet()) {
            if (!visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    /** How many entries there are, those that are no objects included. */
    public int size() {
        return entries.size();
    }
}
