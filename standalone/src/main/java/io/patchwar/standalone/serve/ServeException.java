package io.patchwar.standalone.serve;

/** It cannot run; the message says why and what to do, in words for an operator. */
public final class ServeException extends Exception {
    private static final long serialVersionUID = 1;

    ServeException(String message) {
        super(message);
    }

    ServeException(String message, Throwable cause) {
        super(message, cause);
    }
}
