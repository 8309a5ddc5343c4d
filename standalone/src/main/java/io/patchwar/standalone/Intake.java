package io.patchwar.standalone;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import io.patchwar.standalone.report.InputAccount;
import io.patchwar.standalone.report.InputTally;
import io.patchwar.standalone.source.Judging;
import io.patchwar.watch.WarWatch;

/** Hands the writes of the span that was asked for to the watch, and keeps the account of every record. One thread, but for the judging. */
final class Intake implements AuditSink, Judging {
    private final WarWatch watch;
    private final Span span;
    private final InputTally tally = new InputTally();

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
        tally.accepted();
        watch.accept(event);
    }

    @Override
    public void skipped(SkipReason reason) {
        watch.read();
        tally.skipped(reason);
    }

    @Override
    public void rejected(RejectReason reason, String detail) {
        watch.read();
        tally.rejected(reason);
    }

    @Override
    public void wrapped(Envelope envelope) {
        tally.wrapped(envelope);
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
        return tally.account();
    }
}
