package io.patchwar.processor.topology;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * What a record comes to: exactly one of these, so that records add up, and a list of hundreds of events in one record is one bad
 * record and not hundreds.
 */
sealed interface Reading {
    /** An event that is to be judged. */
    record Event(AuditEvent event) implements Reading {}

    /** Good, and it cannot matter. */
    record Skipped(SkipReason reason) implements Reading {}

    /** It cannot be read. */
    record Bad(String word, String explanation) implements Reading {
        Bad(BadRecord bad) {
            this(bad.word(), bad.explanation());
        }
    }

    /** Reads a record's value, whose bytes are the reading's from here on. */
    static Reading of(byte[] value, String source, AuditReader reader) {
        Sink sink = new Sink();
        reader.read(value, 0, value.length, source, sink);
        return sink.outcome;
    }

    /** Until anything is found, there is nothing in it. */
    final class Sink implements AuditSink {
        private Reading outcome = new Skipped(SkipReason.NO_EVENT);
        private boolean found;

        @Override
        public void accepted(AuditEvent event) {
            found(new Event(event));
        }

        /** What cannot matter stands in nobody's way, also in one record with what does. */
        @Override
        public void skipped(SkipReason reason) {
            outcome = found ? outcome : new Skipped(reason);
        }

        @Override
        public void rejected(RejectReason reason, @Nullable String detail) {
            found(new Bad(reason.word(), reason.explanation()));
        }

        private void found(Reading one) {
            outcome = found ? new Bad(BadRecord.SEVERAL_EVENTS) : one;
            found = true;
        }
    }
}
