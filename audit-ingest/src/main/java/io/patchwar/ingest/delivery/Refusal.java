package io.patchwar.ingest.delivery;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What it means for a record that Kafka did not take it. */
enum Refusal {
    /** It is larger than Kafka takes, and no number of attempts makes it smaller. */
    TOO_LARGE("record-too-large"),
    /** It is not what the topic, or something in front of it, wants to hold, and never will be. */
    INVALID("record-invalid"),
    /** It lay in the spool for longer than the topic believes; it goes with another time. */
    STALE(""),
    /** Another record in its batch was the cause: it is sent once more. */
    OF_ANOTHER(""),
    /** Kafka may take it later. */
    FOR_NOW("");

    private final String word;

    Refusal(String word) {
        this.word = word;
    }

    /** The reason, in the words of dead letters and metrics, of what is never taken. */
    String word() {
        return word;
    }

    static Refusal of(Exception e) {
        if (e instanceof RecordTooLargeException || e instanceof RecordBatchTooLargeException) {
            return TOO_LARGE;
        }
        if (e instanceof InvalidRecordException) {
            return INVALID;
        }
        if (e instanceof InvalidTimestampException) {
            return STALE;
        }
        // The producer has no type for it: all records of a batch but the invalid ones are told a bare KafkaException.
        return e.getClass() == KafkaException.class ? OF_ANOTHER : FOR_NOW;
    }
}
