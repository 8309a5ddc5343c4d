package io.patchwar.watch.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the memory. An object's is its wire key, which begins with its cluster's name; all others begin with a zero byte,
 * which no name does, and a letter.
 */
final class MemoryKey {
    /** All objects, and nothing else, are from here on. */
    static final byte[] FIRST_OBJECT = {1};

    static final byte ACTIVE = 'a';
    static final byte CLUSTER = 'c';
    static final byte HELD = 'h';
    static final byte SOURCES = 's';

    /** Under which key values were digested. */
    static final byte[] DIGEST_KEY = {0, 'k'};

    private MemoryKey() {}

    static byte[] active(byte[] object) {
        return of(ACTIVE, object);
    }

    static byte[] cluster(String name) {
        return of(CLUSTER, name.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sources(String cluster) {
        return of(SOURCES, cluster.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] held(long position, byte[] object) {
        return ByteBuffer.allocate(10 + object.length)
                .put((byte) 0)
                .put(HELD)
                .putLong(position)
                .put(object)
                .array();
    }

    /** What stands in the key of that kind after its letter. */
    static byte[] rest(byte[] key) {
        return Arrays.copyOfRange(key, 2, key.length);
    }

    static long position(byte[] heldKey) {
        return ByteBuffer.wrap(heldKey, 2, Long.BYTES).getLong();
    }

    static byte[] heldObject(byte[] heldKey) {
        return Arrays.copyOfRange(heldKey, 10, heldKey.length);
    }

    /** The first key of that kind. */
    static byte[] first(byte kind) {
        return new byte[] {0, kind};
    }

    /** The first key after all of that kind. */
    static byte[] after(byte kind) {
        return new byte[] {0, (byte) (kind + 1)};
    }

    /** The first key of the objects of a cluster. */
    static byte[] firstOf(String cluster) {
        return (cluster + '/').getBytes(StandardCharsets.UTF_8);
    }

    /** The first key after all objects of a cluster. */
    static byte[] afterAllOf(String cluster) {
        return (cluster + '0').getBytes(StandardCharsets.UTF_8);
    }

    /** The first key after that one. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static byte[] of(byte kind, byte[] rest) {
        return ByteBuffer.allocate(2 + rest.length)
                .put((byte) 0)
                .put(kind)
                .put(rest)
                .array();
    }
}
