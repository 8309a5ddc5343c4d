package io.patchwar.standalone.report;

import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;

/** The account of an input while it is read. One thread. */
public final class InputTally {
    private final Counts<SkipReason> skipped = new Counts<>(SkipReason.class);
    private final Counts<RejectReason> rejected = new Counts<>(RejectReason.class);
    private final Counts<Envelope> envelopes = new Counts<>(Envelope.class);
    private long accepted;

    public void accepted() {
        accepted++;
    }

    public void skipped(SkipReason reason) {
        skipped.add(reason);
    }

    public void rejected(RejectReason reason) {
        rejected.add(reason);
    }

    public void wrapped(Envelope envelope) {
        envelopes.add(envelope);
    }

    /** As it is now; what is added later does not change it. */
    public InputAccount account() {
        return new InputAccount(accepted, skipped.counts(), rejected.counts(), envelopes.counts());
    }
}
