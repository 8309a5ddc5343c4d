package io.patchwar.model.state;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link StateWriter} wrote, call by call. Whatever the bytes are, it either reads them or throws a
 * {@link CorruptStateException}, and takes no more memory than a small multiple of their number. One thread.
 */
public final class StateReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private long micros;
    private final List<Object> equal = new ArrayList<>();
    private final List<Object> same = new ArrayList<>();

    public StateReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads {@code bytes[from, to)}. */
    public StateReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Where it stands. */
    public int position() {
        return at;
    }

    /** Whether anything follows: what later programs appended, earlier ones did not write. */
    public boolean hasMore() {
        return at < end;
    }

    /** Nothing may follow. */
    public void finish() {
        if (at != end) {
            throw new CorruptStateException(end - at + " bytes too many");
        }
    }

    public int octet() {
        if (at >= end) {
            throw new CorruptStateException("cut off");
        }
        return bytes[at++] & 0xff;
    }

    public boolean flag() {
        int octet = octet();
        if (octet > 1) {
            throw new CorruptStateException("neither yes nor no: " + octet);
        }
        return octet == 1;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new CorruptStateException("a number without end");
    }

    /** A number from 0 to {@code most}. */
    public int number(int most) {
        long value = number();
        if (value < 0 || value > most) {
            throw new CorruptStateException(value + " where at most " + most + " can be");
        }
        return (int) value;
    }

    /** How many of something follow that take at least a byte each. */
    public int count() {
        return number(end - at);
    }

    public long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    public long digest() {
        if (end - at < 8) {
            throw new CorruptStateException("cut off");
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    public byte[] bytes() {
        int length = count();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public String text() {
        long head = number();
        long length = head >>> 1;
        if (head < 0 || length > end - at) {
            throw new CorruptStateException("a text of " + length + " bytes where " + (end - at) + " are left");
        }
        int from = at;
        at += (int) length;
        return (head & 1) == 0 ? new String(bytes, from, (int) length, StandardCharsets.UTF_8) : chars(from, at);
    }

    private String chars(int from, int to) {
        char[] chars = new char[(to - from) / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[from + 2 * i] << 8) | (bytes[from + 2 * i + 1] & 0xff));
        }
        return new String(chars);
    }

    public String id() {
        return flag() ? PlainUuid.text(digest(), digest()) : text();
    }

    public @Nullable String maybeText() {
        return flag() ? text() : null;
    }

    public String word() {
        int number = number(equal.size());
        if (number > 0) {
            return known(equal, number, String.class);
        }
        String text = text();
        equal.add(text);
        return text;
    }

    public @Nullable String maybeWord() {
        return flag() ? word() : null;
    }

    public <T> T value(Class<T> type, Supplier<T> content) {
        return named(equal, type, content);
    }

    public <T> T shared(Class<T> type, Supplier<T> content) {
        return named(same, type, content);
    }

    private <T> T named(List<Object> all, Class<T> type, Supplier<T> content) {
        int number = number(all.size());
        if (number > 0) {
            return known(all, number, type);
        }
        T made = content.get();
        all.add(made);
        return made;
    }

    private static <T> T known(List<Object> all, int number, Class<T> type) {
        Object object = all.get(number - 1);
        if (!type.isInstance(object)) {
            throw new CorruptStateException("no " + type.getSimpleName() + " has that number");
        }
        return type.cast(object);
    }

    /** Lets each of the items that follow be read. */
    public void list(Runnable item) {
        for (int i = count(); i > 0; i--) {
            item.run();
        }
    }

    /** Reads the items that follow into {@code into}. */
    public <T> void list(Supplier<T> item, Consumer<? super T> into) {
        for (int i = count(); i > 0; i--) {
            into.accept(item.get());
        }
    }

    public Instant time() {
        try {
            long value = number();
            int kind = (int) (value & 3);
            if (kind == StateWriter.FAR && value == StateWriter.FAR) {
                return Instant.ofEpochSecond(signed(), number(999_999_999));
            }
            if (kind > StateWriter.NANOS) {
                throw new CorruptStateException("no time");
            }
            long passed = value >>> 2;
            micros += passed >>> 1 ^ -(passed & 1);
            int rest = kind == StateWriter.NANOS ? number(999) : 0;
            return Instant.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000 + rest);
        } catch (DateTimeException | ArithmeticException e) {
            throw new CorruptStateException("no time: " + e.getMessage());
        }
    }

    public @Nullable Instant maybeTime() {
        return flag() ? time() : null;
    }

    public @Nullable Duration maybeSpan() {
        try {
            return flag() ? Duration.ofSeconds(signed(), number(999_999_999)) : null;
        } catch (ArithmeticException e) {
            throw new CorruptStateException("no span: " + e.getMessage());
        }
    }
}
