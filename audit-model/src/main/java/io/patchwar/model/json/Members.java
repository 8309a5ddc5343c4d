package io.patchwar.model.json;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the members of an object, or the elements of an array, in the order they stand. A cursor for one walk by one
 * thread: {@code while (m.next()) … m.key() … m.value()}.
 */
public final class Members {
    private final byte[] bytes;
    private final int end;
    private final boolean object;
    private final @Nullable MemberBounds bounds;
    private final int base;
    private int position;
    private boolean started;
    private int keyFrom;
    private int keyTo;
    private int valueFrom;
    private int valueTo;

    /** A walk over {@code container}; one over anything but an object or array is over at once. */
    public Members(Slice container) {
        this(container.bytes(), container.from(), container.to(), container.bounds());
    }

    public Members(byte[] bytes, int from, int to) {
        this(bytes, from, to, null);
    }

    private Members(byte[] bytes, int from, int to, @Nullable MemberBounds bounds) {
        this.bytes = bytes;
        this.bounds = bounds;
        this.base = from;
        byte first = from < to ? bytes[from] : 0;
        this.object = first == '{';
        this.position = from + 1;
        this.end = first == '{' || first == '[' ? to : 0;
    }

    private Members(byte[] bytes, int position, int to, boolean started) {
        this.bytes = bytes;
        this.bounds = null;
        this.base = 0;
        this.object = true;
        this.position = position;
        this.end = to;
        this.started = started;
    }

    /**
     * A walk over the rest of an object.
     *
     * @param at right behind its opening bracket, or behind the value of the last member that is left out
     * @param started whether a member was left out
     */
    public static Members rest(byte[] bytes, int at, int to, boolean started) {
        return new Members(bytes, at, to, started);
    }

    /** Where the walk stands: behind the last value, and after the last member at the closing bracket. */
    public int at() {
        return position;
    }

    /**
     * Moves to the next member or element.
     *
     * @return false after the last
     * @throws MalformedJsonException where the container is broken
     */
    public boolean next() {
        if (end == 0) {
            return false;
        }
        int p = JsonScan.skipSpace(bytes, position, end);
        if (p < end && (bytes[p] == '}' || bytes[p] == ']')) {
            position = p;
            return false;
        }
        if (started) {
            expect(p, ',');
            p = JsonScan.skipSpace(bytes, p + 1, end);
        }
        started = true;
        if (object) {
            expect(p, '"');
            int keyEnd = JsonScan.endOfString(bytes, p, end);
            keyFrom = p + 1;
            keyTo = keyEnd - 1;
            p = JsonScan.skipSpace(bytes, keyEnd, end);
            expect(p, ':');
            p = JsonScan.skipSpace(bytes, p + 1, end);
        }
        valueFrom = p;
        valueTo = endOf(bytes, p, end, bounds, base);
        position = valueTo;
        return true;
    }

    private static int endOf(byte[] bytes, int p, int end, @Nullable MemberBounds bounds, int base) {
        int known = bounds == null ? -1 : bounds.end(p - base);
        return known < 0 ? JsonScan.endOf(bytes, p, end) : base + known;
    }

    /**
     * Moves to the next member or element if it is, byte for byte, the one that {@code other} stands on: then nothing of
     * it needs to be read. Stays where it is if not.
     */
    public boolean nextLike(Members other) {
        if (end == 0 || object != other.object) {
            return false;
        }
        int p = position;
        if (started) {
            if (p >= end || bytes[p] != ',') {
                return false;
            }
            p++;
        }
        int from = object ? other.keyFrom - 1 : other.valueFrom;
        int length = other.valueTo - from;
        // What follows must end the value, or a number would match one that goes on.
        if (p + length >= end
                || !Arrays.equals(bytes, p, p + length, other.bytes, from, other.valueTo)
                || (bytes[p + length] != ',' && bytes[p + length] != '}' && bytes[p + length] != ']')) {
            return false;
        }
        started = true;
        keyFrom = p + (other.keyFrom - from);
        keyTo = p + (other.keyTo - from);
        valueFrom = p + (other.valueFrom - from);
        valueTo = p + length;
        position = valueTo;
        return true;
    }

    private void expect(int p, char wanted) {
        expect(bytes, p, end, wanted);
    }

    private static void expect(byte[] bytes, int p, int end, char wanted) {
        if (p >= end || bytes[p] != wanted) {
            throw new MalformedJsonException("'" + wanted + "' expected", p, p >= end);
        }
    }

    public int keyFrom() {
        return keyFrom;
    }

    public int keyTo() {
        return keyTo;
    }

    public int valueFrom() {
        return valueFrom;
    }

    public int valueTo() {
        return valueTo;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** The member's name, decoded. */
    public String key() {
        return JsonText.decode(bytes, keyFrom, keyTo);
    }

    /** Whether the member's name is this ASCII text, compared as bytes. */
    public boolean keyIs(String ascii) {
        return is(bytes, keyFrom, keyTo, ascii);
    }

    private static boolean is(byte[] bytes, int from, int to, String ascii) {
        int n = to - from;
        if (n != ascii.length()) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both stand on members whose names have the same bytes. */
    public boolean sameKey(Members other) {
        return Arrays.equals(bytes, keyFrom, keyTo, other.bytes, other.keyFrom, other.keyTo);
    }

    public Slice value() {
        return new Slice(bytes, valueFrom, valueTo);
    }

    /** Every element of an array, or value of an object. */
    public static void forEach(Slice container, Consumer<Slice> action) {
        Members m = new Members(container);
        while (m.next()) {
            action.accept(m.value());
        }
    }

    /**
     * The member of that name; the last one where a name is given twice, as the API server's decoder has it.
     *
     * @return null if there is none, or {@code object} is no object
     */
    public static @Nullable Slice find(@Nullable Slice object, String ascii) {
        return member(object, ascii, true);
    }

    /**
     * The first member of that name, without looking further: for what an API server wrote, which names nothing twice and
     * puts kind, version and metadata first.
     *
     * @return null if there is none, or {@code object} is no object
     */
    public static @Nullable Slice first(@Nullable Slice object, String ascii) {
        return member(object, ascii, false);
    }

    /** Asked several times for each write: so without a cursor, and without a slice for what is not meant. */
    private static @Nullable Slice member(@Nullable Slice object, String ascii, boolean last) {
        if (object == null || !object.isObject()) {
            return null;
        }
        byte[] b = object.bytes();
        int end = object.to();
        Slice found = null;
        boolean started = false;
        int p = JsonScan.skipSpace(b, object.from() + 1, end);
        while (p >= end || (b[p] != '}' && b[p] != ']')) {
            if (started) {
                expect(b, p, end, ',');
                p = JsonScan.skipSpace(b, p + 1, end);
            }
            started = true;
            expect(b, p, end, '"');
            int keyEnd = JsonScan.endOfString(b, p, end);
            int colon = JsonScan.skipSpace(b, keyEnd, end);
            expect(b, colon, end, ':');
            int from = JsonScan.skipSpace(b, colon + 1, end);
            int to = endOf(b, from, end, object.bounds(), object.from());
            if (is(b, p + 1, keyEnd - 1, ascii)) {
                found = new Slice(b, from, to);
                if (!last) {
                    return found;
                }
            }
            p = JsonScan.skipSpace(b, to, end);
        }
        return found;
    }

    /** Text of the {@link #first} member of that name, null if there is none or it is null. */
    public static @Nullable String firstText(@Nullable Slice object, String ascii) {
        Slice found = first(object, ascii);
        return found == null || found.isNull() ? null : found.text();
    }

    /** {@link #find} along several names, from the outside in. */
    public static @Nullable Slice find(@Nullable Slice object, String first, String second) {
        return find(find(object, first), second);
    }

    /** Text of the string member of that name, null if there is none or it is null. */
    public static @Nullable String text(@Nullable Slice object, String ascii) {
        Slice found = find(object, ascii);
        return found == null || found.isNull() ? null : found.text();
    }
}
