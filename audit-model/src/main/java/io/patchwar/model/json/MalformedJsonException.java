package io.patchwar.model.json;

/** The bytes are not JSON; {@link #offset()} says where that showed. Without a stack trace: bad input is ordinary. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final boolean ended;

    MalformedJsonException(String what, int offset, boolean ended) {
        super(what + " at byte " + offset, null, false, false);
        this.offset = offset;
        this.ended = ended;
    }

    /** Another byte was expected there. */
    public static MalformedJsonException at(int offset, char wanted) {
        return new MalformedJsonException("'" + wanted + "' expected", offset, false);
    }

    /** The text ended there, where more was expected. */
    public static MalformedJsonException cutOffAt(int offset) {
        return new MalformedJsonException("more expected", offset, true);
    }

    /** Index into the scanned array. */
    public int offset() {
        return offset;
    }

    /** The text ended inside a value: what is there may be fine, but it was cut off. */
    public boolean cutOff() {
        return ended;
    }
}
