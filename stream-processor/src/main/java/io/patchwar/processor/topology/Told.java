package io.patchwar.processor.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code wars} holds of what may be found a second time: after a crash events are read again from the last commit on, and bring
 * the same updates byte for byte, revision included. Holds digests, and no more than there is room for. Built by one thread, then
 * asked by one.
 */
final class Told {
    /** Nothing is known, so everything is told. */
    static final Told NOTHING = new Told(0);

    static final int MOST = 100_000;

    private final long end;
    private final Map<String, List<ByteBuffer>> updates = new HashMap<>();
    private int size;

    /**
     * @param end offset in {@code audit-events} that nobody has judged, and from which on nothing can be known
     */
    Told(long end) {
        this.end = end;
    }

    /**
     * Adds a record of the topic, in the order in which they stand there.
     *
     * @param update null for a tombstone: what was told of the war before holds no more
     * @return false if there is no room for more
     */
    boolean add(byte[] id, byte @Nullable [] update) {
        String war = new String(id, StandardCharsets.UTF_8);
        if (update == null) {
            forget(war);
            return true;
        }
        if (size >= MOST) {
            return false;
        }
        updates.computeIfAbsent(war, it -> new ArrayList<>()).add(digest(update));
        size++;
        return true;
    }

    /**
     * Whether the topic holds this very update, behind those that were asked for before. One that it does not hold is told, and stands last
     * then: so all that comes behind must be told, too, and nothing more is known of that war.
     */
    boolean retells(byte[] id, byte[] update) {
        String war = new String(id, StandardCharsets.UTF_8);
        List<ByteBuffer> of = updates.get(war);
        if (of == null) {
            return false;
        }
        int at = of.lastIndexOf(digest(update));
        if (at < 0) {
            forget(war);
            return false;
        }
        of.subList(0, at + 1).clear();
        size -= at + 1;
        return true;
    }

    private void forget(String war) {
        List<ByteBuffer> gone = updates.remove(war);
        size -= gone == null ? 0 : gone.size();
    }

    /** Whether what that record brings cannot have been told before. */
    boolean isNew(long offset) {
        return offset >= end;
    }

    /** How many updates it knows. */
    int size() {
        return size;
    }

    private static ByteBuffer digest(byte[] update) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(update));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
