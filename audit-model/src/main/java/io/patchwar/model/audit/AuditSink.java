package io.patchwar.model.audit;

import io.patchwar.model.envelope.Envelope;
import io.patchwar.model.json.Slice;

/** Takes what a reader finds; each audit record of the input reaches exactly one of the three. */
public interface AuditSink {
    /** A write in scope. */
    void accepted(AuditEvent event);

    /** A good event that cannot matter. */
    void skipped(SkipReason reason);

    /**
     * Something that is no readable audit event.
     *
     * @param detail for a person; never holds input
     */
    void rejected(RejectReason reason, String detail);

    /**
     * A JSON object is about to be read: an event, or an envelope of some. For who looks at more than an event's head; it may be
     * broken.
     *
     * @param layer how many envelopes lie around it
     */
    default void document(Slice document, String source, int layer) {}

    /** An envelope was opened; what it held is reported on its own. */
    default void wrapped(Envelope envelope) {}
}
