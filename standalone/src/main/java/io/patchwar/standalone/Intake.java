package io.patchwar.standalone;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import io.patchwar.standalone.report.InputAccount;
import io.patchwar.standalone.source.Judging;
import io.patchwar.watch.WarWatch;

/** Hands the writes of the span that was asked for to the watch, and keeps the account of every record. One thread, but for the judging. */
final class Intake implements AuditSink, Judging {
    private final WarWatch watch;
    private final Span span;
    private final Counts<SkipReason> skipped = new Counts<>(SkipReason.class);
    private final Counts<RejectReason> rejected = new Counts<>(RejectReason.class);
    private final Counts<Envelope> envelopes = new Counts<>(Envelope.class);
    private long accepted;

    Intake(WarWatch watch, Span span) {
        this.watch = watch;
        this.span = span;
    }

    @Override
    public void accepted(AuditEvent event) {
        if (!span.contains(event.time())) {
            skipped(SkipReason.OUTSIDE_SPAN);
            return;
        }
        watch.read();
        accepted++;
        watch.accept(event);
    }

    @Override
    public void skipped(SkipReason reason) {
        watch.read();
        skipped.add(reason);
    }

    @Override
    public void rejected(RejectReason reason, String detail) {
        watch.read();
        rejected.add(reason);
    }

    @Override
    public void wrapped(Envelope envelope) {
        envelopes.add(envelope);
    }

    @Override
    public boolean judgeSome() {
        return watch.judgeSome();
    }

    @Override
    public long taken() {
        return watch.taken();
    }

    @Override
    public long judged() {
        return watch.judged();
    }

    InputAccount account() {
        return new InputAccount(accepted, skipped.counts(), rejected.counts(), envelopes.counts());
    }
}
