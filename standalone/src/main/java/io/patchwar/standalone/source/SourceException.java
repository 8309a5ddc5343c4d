package io.patchwar.standalone.source;

/** The input cannot be read. The message names it and says what to do; it is for the operator, and ends in no full stop. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    SourceException(String message) {
        super(message);
    }

    SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
