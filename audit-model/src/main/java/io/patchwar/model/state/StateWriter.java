package io.patchwar.model.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one state. Texts, equal values and shared objects are written where they first stand, and named by number after
 * that; times as what has passed since the one written before. Reusable after {@link #clear}; one thread.
 */
public final class StateWriter {
    static final int MICROS = 0;
    static final int NANOS = 1;
    static final int FAR = 2;

    /** Beyond this many seconds from the epoch a time is written as it is: its microseconds may not fit. */
    static final long FARTHEST = 1L << 40;

    private byte[] bytes = new byte[1024];
    private int length;
    private long micros;
    private final Numbers equal = new Numbers(false);
    private final Numbers same = new Numbers(true);

    /** Begins anew; what was written is gone. */
    public void clear() {
        length = 0;
        micros = 0;
        equal.clear();
        same.clear();
    }

    /** How many bytes there are so far. */
    public int length() {
        return length;
    }

    /** What was written, on its own. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    public void octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    public void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    /** A number that is hardly ever negative, and then takes ten bytes. */
    public void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A number that may be negative. */
    public void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    /** A number that looks like chance: eight bytes. */
    public void digest(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** Bytes, how many they are in front. */
    public void bytes(byte[] value) {
        bytes(value, 0, value.length);
    }

    /** {@code value[from, to)}, how many they are in front. */
    public void bytes(byte[] value, int from, int to) {
        number(to - from);
        room(to - from);
        System.arraycopy(value, from, bytes, length, to - from);
        length += to - from;
    }

    /** A text that stands here alone: in UTF-8, or char by char where half a surrogate pair does not fit that. */
    public void text(String text) {
        boolean broken = hasLoneSurrogate(text);
        byte[] encoded = broken ? chars(text) : text.getBytes(StandardCharsets.UTF_8);
        number((long) encoded.length << 1 | (broken ? 1 : 0));
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            }
        }
        return false;
    }

    private static byte[] chars(String text) {
        byte[] encoded = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            encoded[2 * i] = (byte) (text.charAt(i) >>> 8);
            encoded[2 * i + 1] = (byte) text.charAt(i);
        }
        return encoded;
    }

    /** A text that stands here alone and mostly is a UUID: sixteen bytes then. */
    public void id(String text) {
        if (PlainUuid.is(text)) {
            id(PlainUuid.high(text), PlainUuid.low(text));
            return;
        }
        flag(false);
        text(text);
    }

    /** The same of a UUID's two halves. */
    public void id(long high, long low) {
        flag(true);
        digest(high);
        digest(low);
    }

    /** A text that may come again. */
    public void word(String text) {
        if (isNew(equal.of(text, text.hashCode()))) {
            text(text);
            equal.add(text, text.hashCode());
        }
    }

    /** A text that stands here alone, or none. */
    public void maybeText(@Nullable String text) {
        flag(text != null);
        if (text != null) {
            text(text);
        }
    }

    /** A text that may come again, or none. */
    public void maybeWord(@Nullable String text) {
        flag(text != null);
        if (text != null) {
            word(text);
        }
    }

    /**
     * A value that may come again, told by {@code equals}.
     *
     * @param hash equal for equal values
     */
    public <T> void value(T value, int hash, Consumer<T> content) {
        if (isNew(equal.of(value, hash))) {
            content.accept(value);
            equal.add(value, hash);
        }
    }

    /**
     * An object that others refer to, too: told by which it is.
     *
     * @param hash always the same for the object, and hardly ever for two
     */
    public <T> void shared(T object, int hash, Consumer<T> content) {
        if (isNew(same.of(object, hash))) {
            content.accept(object);
            same.add(object, hash);
        }
    }

    private boolean isNew(int number) {
        number(number);
        return number == 0;
    }

    /** How many there are, and each. */
    public <T> void list(Collection<T> items, Consumer<T> item) {
        number(items.size());
        for (T each : items) {
            item.accept(each);
        }
    }

    public void time(Instant time) {
        long seconds = time.getEpochSecond();
        int nano = time.getNano();
        if (seconds > FARTHEST || seconds < -FARTHEST) {
            octet(FAR);
            signed(seconds);
            number(nano);
            return;
        }
        long now = seconds * 1_000_000 + nano / 1_000;
        int rest = nano % 1_000;
        long passed = now - micros;
        micros = now;
        number((passed << 1 ^ passed >> 63) << 2 | (rest == 0 ? MICROS : NANOS));
        if (rest != 0) {
            number(rest);
        }
    }

    public void maybeTime(@Nullable Instant time) {
        flag(time != null);
        if (time != null) {
            time(time);
        }
    }

    public void maybeSpan(@Nullable Duration span) {
        flag(span != null);
        if (span != null) {
            signed(span.toSeconds());
            number(span.toNanosPart());
        }
    }
}
