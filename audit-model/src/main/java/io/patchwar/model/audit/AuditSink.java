package io.patchwar.model.audit;

import io.patchwar.model.envelope.Envelope;

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

    /** An envelope was opened; what it held is reported on its own. */
    default void wrapped(Envelope envelope) {}
}
