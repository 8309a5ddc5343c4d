package io.patchwar.processor.topology;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a war in its topic: when it ended, and which cause it was last told to. As bytes: version, end (milliseconds,
 * the least long for none), cause.
 *
 * @param ended null while it is fought
 * @param cause empty where it is none of those that form conflicts
 */
record ShelvedWar(@Nullable Instant ended, String cause) {
    private static final byte VERSION = 1;

    byte[] toBytes() {
        byte[] text = cause.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + text.length)
                .put(VERSION)
                .putLong(ended == null ? Long.MIN_VALUE : ended.toEpochMilli())
                .put(text)
                .array();
    }

    static ShelvedWar read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalStateException("a shelved war of format " + version
                        + ", which this version does not know: it was written by a newer one; start that again");
            }
            long end = in.getLong();
            byte[] text = new byte[in.remaining()];
            in.get(text);
            return new ShelvedWar(
                    end == Long.MIN_VALUE ? null : Instant.ofEpochMilli(end), new String(text, StandardCharsets.UTF_8));
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("a shelved war of " + bytes.length + " bytes, which is too short", e);
        }
    }
}
