package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import java.util.ArrayList;
import java.util.List;

/** A sink that writes down what it hears: an event by its audit ID, anything else by its reason. */
final class Heard implements AuditSink {
    final List<String> records = new ArrayList<>();
    final List<AuditEvent> events = new ArrayList<>();
    final List<String> details = new ArrayList<>();

    @Override
    public void accepted(AuditEvent event) {
        events.add(event);
        records.add(event.auditID());
    }

    @Override
    public void skipped(SkipReason reason) {
        records.add(reason.word());
    }

    @Override
    public void rejected(RejectReason reason, String detail) {
        records.add(reason.word());
        details.add(detail);
    }
}
