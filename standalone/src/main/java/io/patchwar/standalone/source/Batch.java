package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import io.patchwar.model.json.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk's documents were found to hold, in their order, to be told to a sink later. Filled by one thread and then told
 * by another. Its events hold a copy of their bodies and nothing else of the chunk, which may then be read into again; or the
 * batch borrows the chunk's buffer until all of them are judged.
 */
@SuppressWarnings("EnumOrdinal") // An index within one run; nothing of it is kept.
final class Batch implements AuditSink {
    private static final SkipReason[] SKIPS = SkipReason.values();
    private static final RejectReason[] REJECTIONS = RejectReason.values();
    private static final Envelope[] ENVELOPES = Envelope.values();

    /** Codes of calls: of an event, and from where on those of what else is told are counted. */
    private static final int EVENT = 0;

    private static final int SKIPPED = 1;
    private static final int REJECTED = SKIPPED + SKIPS.length;
    private static final int WRAPPED = REJECTED + REJECTIONS.length;

    /** In their order, a code for each. */
    private byte[] calls = new byte[256];

    private int size;

    private final List<AuditEvent> events = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private final AuditSink witness;
    private byte @Nullable [] borrowed;
    private int told;
    private int toldEvents;
    private int toldDetails;

    private Batch(AuditSink witness) {
        this.witness = witness;
    }

    /** Reads all documents of the chunk. */
    static Batch of(Chunk chunk, String source, AuditReader reader, AuditSink witness) {
        Batch batch = new Batch(witness);
        for (int i = 0; i < chunk.documents(); i++) {
            if (chunk.isTooLong(i)) {
                batch.rejected(RejectReason.TOO_LONG, RejectReason.TOO_LONG.explanation());
            } else {
                reader.read(chunk.bytes, chunk.from(i), chunk.to(i), source, batch);
            }
        }
        reader.finish(batch);
        return batch;
    }

    /** A batch that says nothing but this. */
    static Batch rejection(RejectReason reason, String detail) {
        Batch batch = new Batch(SourceOptions.NO_WITNESS);
        batch.rejected(reason, detail);
        return batch;
    }

    boolean hasEvents() {
        return !events.isEmpty();
    }

    int bodyBytes() {
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            bytes += events.get(i).bodyBytes();
        }
        return bytes;
    }

    void borrow(byte[] buffer) {
        borrowed = buffer;
    }

    /** What must not be read into before all events of the batch are judged; null if they have their bodies to themselves. */
    byte @Nullable [] borrowed() {
        return borrowed;
    }

    /** Copies the bodies out of whatever buffers they were read in. */
    void detach() {
        byte[] bodies = new byte[bodyBytes()];
        int at = 0;
        for (int i = 0; i < events.size(); i++) {
            AuditEvent event = events.get(i);
            events.set(i, event.movedTo(bodies, at));
            at += event.bodyBytes();
        }
    }

    @Override
    public void document(Slice document, String source, int layer) {
        witness.document(document, source, layer);
    }

    @Override
    public void accepted(AuditEvent event) {
        witness.accepted(event);
        add(EVENT);
        events.add(event);
    }

    @Override
    public void skipped(SkipReason reason) {
        witness.skipped(reason);
        add(SKIPPED + reason.ordinal());
    }

    @Override
    public void rejected(RejectReason reason, String detail) {
        witness.rejected(reason, detail);
        add(REJECTED + reason.ordinal());
        details.add(detail);
    }

    @Override
    public void wrapped(Envelope envelope) {
        witness.wrapped(envelope);
        add(WRAPPED + envelope.ordinal());
    }

    private void add(int code) {
        if (size == calls.length) {
            calls = Arrays.copyOf(calls, 2 * size);
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
        int until = toldEvents + 1;
        while (toldEvents < until) {
            tellOne(sink);
        }
    }

    /** Tells everything that was not told yet. */
    void tellRest(AuditSink sink) {
        while (told < size) {
            tellOne(sink);
        }
    }

    private void tellOne(AuditSink sink) {
        int code = calls[told++];
        if (code == EVENT) {
            sink.accepted(events.get(toldEvents++));
        } else if (code < REJECTED) {
            sink.skipped(SKIPS[code - SKIPPED]);
        } else if (code < WRAPPED) {
            sink.rejected(REJECTIONS[code - REJECTED], details.get(toldDetails++));
        } else {
            sink.wrapped(ENVELOPES[code - WRAPPED]);
        }
    }
}
