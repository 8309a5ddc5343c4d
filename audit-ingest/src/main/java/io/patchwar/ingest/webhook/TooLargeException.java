package io.patchwar.ingest.webhook;

/** A body is larger than may be sent. */
final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1;

    TooLargeException() {
        super("the body is too large", null, false, false);
    }
}
