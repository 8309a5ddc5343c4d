package io.patchwar.model;

import io.patchwar.model.state.CorruptStateException;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;

/**
 * A field's value, as far as anyone needs it: what a person reads, and what tells it from other values.
 *
 * @param beginning of the canonical text, or all of it; a digest where the value must not be shown; empty for {@link #ABSENT}
 * @param characters how many the whole text has
 * @param digest of the whole canonical value: equal digests, equal values
 * @param orderless the same with every list's order left out: two values that share it differ at most in order. Of a list it is the
 *     sum of {@link #NO_ITEMS} and one digest for each item
 * @param shape what kind of value it is
 */
public record FieldValue(String beginning, int characters, long digest, long orderless, Shape shape) {

    /** What kind of value, as far as a rule asks. */
    public enum Shape {
        ABSENT(0),
        TEXT(1),
        NUMBER(2),
        TIME(3),
        LIST(4);

        /** What stands for it in stored state: never changed, never used for another. */
        private final int code;

        Shape(int code) {
            this.code = code;
        }

        private static Shape of(int code) {
            for (Shape shape : values()) {
                if (shape.code == code) {
                    return shape;
                }
            }
            throw new CorruptStateException("no shape has the code " + code);
        }
    }

    private static final int ONE_DIGEST = 8;

    /** What an empty list has for {@code orderless}. */
    public static final long NO_ITEMS = 31;

    /** No value: the field is not there, or null. */
    public static final FieldValue ABSENT = of("", 0, 0, Shape.ABSENT);

    /** A list item, or the object itself, is there. */
    public static final FieldValue PRESENT = of("present", 1, 1, Shape.TEXT);

    /** A value whose text is short enough to be kept whole. */
    public static FieldValue of(String text, long digest, long orderless, Shape shape) {
        return new FieldValue(text, text.length(), digest, orderless, shape);
    }

    /** What a person reads: the text, or its beginning and how long it is. */
    public String text() {
        return characters == beginning.length() ? beginning : beginning + "… (" + characters + " characters)";
    }

    public boolean isAbsent() {
        return shape == Shape.ABSENT;
    }

    public boolean same(FieldValue other) {
        return digest == other.digest;
    }

    /** Other values, but only by the order of a list. */
    public boolean differsOnlyInOrder(FieldValue other) {
        return digest != other.digest && orderless == other.orderless && shape == Shape.LIST;
    }

    /** Equal where all that is kept and shown is: where a value was read again, its text stands whole. */
    @Override
    public boolean equals(Object o) {
        return o instanceof FieldValue other
                && digest == other.digest
                && orderless == other.orderless
                && shape == other.shape
                && text().equals(other.text());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(digest);
    }

    /** Writes itself, once for all places where an equal one stands. */
    public void write(StateWriter out) {
        out.value(this, Long.hashCode(digest), value -> {
            boolean one = value.orderless == value.digest;
            out.octet(value.shape.code | (one ? ONE_DIGEST : 0));
            out.word(value.text());
            out.digest(value.digest);
            if (!one) {
                out.digest(value.orderless);
            }
        });
    }

    /** Reads what {@link #write} wrote. */
    public static FieldValue read(StateReader in) {
        return in.value(FieldValue.class, () -> {
            int code = in.octet();
            Shape shape = Shape.of(code & ~ONE_DIGEST);
            String text = in.word();
            long digest = in.digest();
            return of(text, digest, (code & ONE_DIGEST) != 0 ? digest : in.digest(), shape);
        });
    }
}
