package io.patchwar.model.state;

/** Bytes that are no state that was written, or none that this version can read. */
public final class CorruptStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CorruptStateException(String message) {
        super(message);
    }
}
