package io.patchwar.ingest.pipeline;

import java.time.Duration;

/** What was handed in is not safe: hand it in again later. Without a stack trace, as it is ordinary while Kafka is away. */
public final class NotDurableException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why not. */
    public enum Reason {
        /** The spool holds as much as it may. */
        SPOOL_FULL("spool-full"),
        /** The spool's disk takes no more, or is broken. */
        SPOOL_DISK("spool-disk"),
        /** Kafka does not take it, and it may not be spooled. */
        KAFKA_AWAY("kafka-away"),
        /** The disk that Kafka is on has less room than it must. */
        NO_ROOM("no-room"),
        /** This process is about to end. */
        CLOSING("closing");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The word in metrics. */
        public String word() {
            return word;
        }
    }

    private final Reason reason;

    public NotDurableException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** When to try again. */
    public Duration retryAfter() {
        return reason == Reason.KAFKA_AWAY ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
    }
}
