package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk's documents were found to hold, in their order, to be told to a sink later. Filled by one thread and then told
 * by another. Its events hold a copy of their bodies and nothing else of the chunk, which may then be read into again.
 */
final class Batch implements AuditSink {
    private static final SkipReason[] SKIPS = SkipReason.values();
    private static final RejectReason[] REJECTS = RejectReason.values();
    private static final Envelope[] ENVELOPES = Envelope.values();
    private static final int EVENT = 0;
    private static final int REJECTED = 1 + SKIPS.length;
    private static final int WRAPPED = REJECTED + REJECTS.length;

    private byte[] calls = new byte[512];
    private int size;
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private int told;
    private int toldEvents;
    private int toldDetails;

    /** Reads all documents of the chunk. */
    static Batch of(Chunk chunk, String source, AuditReader reader) {
        Batch batch = new Batch();
        for (int i = 0; i < chunk.documents(); i++) {
            if (chunk.isRejected(i)) {
                RejectReason reason = chunk.reason(i);
                batch.rejected(reason, reason.explanation());
            } else {
                reader.read(chunk.bytes, chunk.from(i), chunk.to(i), source, batch);
            }
        }
        reader.finish(batch);
        return batch;
    }

    /** A batch that says nothing but this. */
    static Batch rejection(RejectReason reason, String detail) {
        Batch batch = new Batch();
        batch.rejected(reason, detail);
        return batch;
    }

    /** Copies the bodies out of whatever buffers they were read in. */
    void detach() {
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            bytes += events.get(i).bodyBytes();
        }
        byte[] bodies = new byte[bytes];
        int at = 0;
        for (int i = 0; i < events.size(); i++) {
            AuditEvent event = events.get(i);
            events.set(i, event.movedTo(bodies, at));
            at += event.bodyBytes();
        }
    }

    @Override
    public void accepted(AuditEvent event) {
        call(EVENT);
        events.add(event);
    }

    @Override
    public void skipped(SkipReason reason) {
        call(1 + reason.ordinal());
    }

    @Override
    public void rejected(RejectReason reason, String detail) {
        call(REJECTED + reason.ordinal());
        details.add(detail);
    }

    @Override
    public void wrapped(Envelope envelope) {
        call(WRAPPED + envelope.ordinal());
    }

    private void call(int code) {
        if (size == calls.length) {
            calls = Arrays.copyOf(calls, size * 2);
        }
        calls[size++] = (byte) code;
    }

    /** The time of the next event that was not told yet; null if there is none. */
    @Nullable
    Instant nextTime() {
        return toldEvents < events.size() ? events.get(toldEvents).time() : null;
    }

    /** Tells everything up to the next event, and that event. */
    void tellEvent(AuditSink sink) {
        while (tellOne(sink) != EVENT) {
            // What lies before it.
        }
    }

    /** Tells everything that was not told yet. */
    void tellRest(AuditSink sink) {
        while (told < size) {
            tellOne(sink);
        }
    }

    private int tellOne(AuditSink sink) {
        int code = calls[told++];
        if (code == EVENT) {
            AuditEvent event = events.get(toldEvents);
            events.set(toldEvents++, null);
            sink.accepted(event);
        } else if (code < REJECTED) {
            sink.skipped(SKIPS[code - 1]);
        } else if (code < WRAPPED) {
            sink.rejected(REJECTS[code - REJECTED], details.get(toldDetails++));
        } else {
            sink.wrapped(ENVELOPES[code - WRAPPED]);
        }
        return code;
    }
}
