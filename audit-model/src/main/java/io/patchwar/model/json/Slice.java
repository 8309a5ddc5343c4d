package io.patchwar.model.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value where it stands: {@code bytes[from, to)}, without surrounding white space.
 * Nothing is copied; whoever keeps a slice longer than its buffer lives must {@link #copy()} it. Shareable between
 * threads as long as nobody writes to the bytes.
 */
public sealed class Slice {
    private final byte[] bytes;
    private final int from;
    private final int to;

    public Slice(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** An object of which it is known where its members stand. Few are, and many slices are made: so it is these that pay. */
    private static final class Walked extends Slice {
        private final MemberBounds bounds;

        Walked(byte[] bytes, int from, int to, MemberBounds bounds) {
            super(bytes, from, to);
            this.bounds = bounds;
        }

        @Override
        public MemberBounds bounds() {
            return bounds;
        }
    }

    /** @param bounds of the object that stands there, null if they are not known */
    public static Slice of(byte[] bytes, int from, int to, @Nullable MemberBounds bounds) {
        return bounds == null ? new Slice(bytes, from, to) : new Walked(bytes, from, to, bounds);
    }

    /** The whole array as one value. */
    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /** UTF-8 bytes of a text, for tests and rare paths. */
    public static Slice of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The buffer itself, with whatever else it holds. */
    public final byte[] bytes() {
        return bytes;
    }

    public final int from() {
        return from;
    }

    public final int to() {
        return to;
    }

    /** Where this object's members stand, as far as that is known. */
    public @Nullable MemberBounds bounds() {
        return null;
    }

    /** The same value where it was copied to. */
    public final Slice movedTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, length());
        return of(target, at, at + length(), bounds());
    }

    public final int length() {
        return to - from;
    }

    /** First byte of the value, which tells its type; 0 for an empty slice. */
    public final byte first() {
        return from < to ? bytes[from] : 0;
    }

    public final boolean isObject() {
        return first() == '{';
    }

    public final boolean isArray() {
        return first() == '[';
    }

    public final boolean isString() {
        return first() == '"';
    }

    public final boolean isNull() {
        return length() == 4 && bytes[from] == 'n';
    }

    /** A number, {@code true} or {@code false}; neither container, string nor null. */
    public final boolean isNumber() {
        byte b = first();
        return b == '-' || (b >= '0' && b <= '9');
    }

    /** Same bytes, hence the same value; values that differ in bytes may still be equal. */
    public final boolean sameBytes(Slice other) {
        return Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
    }

    /** The bytes, on their own. */
    public final byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The raw JSON text; invalid UTF-8 becomes replacement characters. */
    public final String raw() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Text of a string value, unescaped; the raw text of any other value. */
    public final String text() {
        return isString() ? JsonText.decode(bytes, from + 1, to - 1) : raw();
    }

    @Override
    public final boolean equals(Object o) {
        return o instanceof Slice s && sameBytes(s);
    }

    @Override
    public final int hashCode() {
        int h = 1;
        for (int i = from; i < to; i++) {
            h = 31 * h + bytes[i];
        }
        return h;
    }

    @Override
    public final String toString() {
        return raw();
    }
}
