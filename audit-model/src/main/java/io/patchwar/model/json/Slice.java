package io.patchwar.model.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JSON value where it stands: {@code bytes[from, to)}, without surrounding white space.
 * Nothing is copied; whoever keeps a slice longer than its buffer lives must {@link #copy()} it. Shareable between
 * threads as long as nobody writes to the bytes.
 */
@SuppressWarnings("ArrayRecordComponent") // A view of a buffer; equality is by the bytes viewed.
public record Slice(byte[] bytes, int from, int to) {

    /** The whole array as one value. */
    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /** UTF-8 bytes of a text, for tests and rare paths. */
    public static Slice of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return to - from;
    }

    /** First byte of the value, which tells its type; 0 for an empty slice. */
    public byte first() {
        return from < to ? bytes[from] : 0;
    }

    public boolean isObject() {
        return first() == '{';
    }

    public boolean isArray() {
        return first() == '[';
    }

    public boolean isString() {
        return first() == '"';
    }

    public boolean isNull() {
        return length() == 4 && bytes[from] == 'n';
    }

    /** A number, {@code true} or {@code false}; neither container, string nor null. */
    public boolean isNumber() {
        byte b = first();
        return b == '-' || (b >= '0' && b <= '9');
    }

    /** Same bytes, hence the same value; values that differ in bytes may still be equal. */
    public boolean sameBytes(Slice other) {
        return Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
    }

    /** The bytes, on their own. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The raw JSON text; invalid UTF-8 becomes replacement characters. */
    public String raw() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Text of a string value, unescaped; the raw text of any other value. */
    public String text() {
        return isString() ? JsonText.decode(bytes, from + 1, to - 1) : raw();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Slice s && sameBytes(s);
    }

    @Override
    public int hashCode() {
        int h = 1;
        for (int i = from; i < to; i++) {
            h = 31 * h + bytes[i];
        }
        return h;
    }

    @Override
    public String toString() {
        return raw();
    }
}
