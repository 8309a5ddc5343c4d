package io.patchwar.model;

/**
 * A field's value, as far as anyone needs it: what a person reads, and what tells it from other values.
 *
 * @param text canonical text, shortened; a digest where the value must not be shown; empty for {@link #ABSENT}
 * @param digest of the whole canonical value: equal digests, equal values
 * @param orderless the same with every list's order left out: two values that share it differ at most in order
 * @param shape what kind of value it is
 */
public record FieldValue(String text, long digest, long orderless, Shape shape) {

    /** What kind of value, as far as a rule asks. */
    public enum Shape {
        ABSENT,
        TEXT,
        NUMBER,
        TIME,
        LIST
    }

    /** No value: the field is not there, or null. */
    public static final FieldValue ABSENT = new FieldValue("", 0, 0, Shape.ABSENT);

    /** A list item, or the object itself, is there. */
    public static final FieldValue PRESENT = new FieldValue("present", 1, 1, Shape.TEXT);

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
}
