package io.patchwar.watch.live;

import org.jspecify.annotations.Nullable;

/**
 * Where a {@link LiveWatch} keeps what it must not lose: keys and values are bytes, keys are ordered as unsigned bytes. One
 * watch, one memory, one thread.
 *
 * <p>After a crash the memory may have lost its latest changes, but only those: a change that is there says that every
 * change before it is there, too. One Kafka Streams store with one changelog has it so, as long as no cache in front of it
 * reorders what is written.
 */
public interface ObjectMemory {

    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /**
     * Shows the entries from {@code from} on, in order, until the visitor has enough or {@code to}, exclusive, is reached; a
     * {@code to} of null is the end. The visitor does not touch the memory.
     */
    void scan(byte[] from, byte @Nullable [] to, Visitor visitor);

    /** Looks at entries. */
    interface Visitor {
        /** Whether to go on. */
        boolean visit(byte[] key, byte[] value);
    }
}
