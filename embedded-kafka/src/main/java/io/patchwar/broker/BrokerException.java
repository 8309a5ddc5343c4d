package io.patchwar.broker;

/** The broker cannot run; the message says why and what to do next, in words for an operator. */
public class BrokerException extends Exception {
    private static final long serialVersionUID = 1;

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
