package io.patchwar.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.envelope.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a reader made of some documents: an event by its audit ID, anything else by its reason. */
final class Records implements AuditSink {
    final List<String> records = new ArrayList<>();
    final List<AuditEvent> events = new ArrayList<>();
    final List<Envelope> envelopes = new ArrayList<>();

    static Records of(byte[]... documents) {
        AuditReader reader = new AuditReader("c1", Scope.DEFAULT);
        Records records = new Records();
        for (byte[] document : documents) {
            // Inside a larger buffer, as documents stand in a log.
            byte[] log = new byte[document.length + 7];
            System.arraycopy(document, 0, log, 3, document.length);
            log[1] = '{';
            log[document.length + 3] = '}';
            byte[] before = log.clone();
            reader.read(log, 3, 3 + document.length, "outer", records);
            assertThat(log).as("the buffer is left as it was").isEqualTo(before);
        }
        reader.finish(records);
        return records;
    }

    static Records of(String... documents) {
        byte[][] bytes = new byte[documents.length][];
        for (int i = 0; i < documents.length; i++) {
            bytes[i] = documents[i].getBytes(StandardCharsets.UTF_8);
        }
        return of(bytes);
    }

    /** The one event that the document holds, and nothing else. */
    static AuditEvent event(String document) {
        Records records = of(document);
        assertThat(records.records).hasSize(1);
        assertThat(records.events).as(records.records.get(0)).hasSize(1);
        return records.events.get(0);
    }

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
        assertThat(detail).isNotBlank();
        records.add(reason.word());
    }

    @Override
    public void wrapped(Envelope envelope) {
        envelopes.add(envelope);
    }
}
