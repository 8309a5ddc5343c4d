package io.patchwar.model.audit;

import io.patchwar.model.envelope.Envelope;
import io.patchwar.model.envelope.Opened;
import io.patchwar.model.envelope.Opener;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents (a line, a webhook body, a shipper's record) into audit events, through any known envelope. What it
 * finds goes to an {@link AuditSink}, one call per audit record, and nothing in the input makes it throw.
 * The buffer must be the reader's alone while it reads. One thread; keeps fragments of split lines between calls.
 */
public final class AuditReader {
    private static final int MOST_LAYERS = 4;
    private static final int LONGEST_PREFIX = 512;
    private static final int LONGEST_FRAGMENTS = 64 << 20;

    private final String cluster;
    private final EventHead head;
    private final EventParser parser;
    private @Nullable ByteArrayOutputStream fragments;
    private boolean discarding;

    /**
     * @param cluster name that every object of the events is given
     * @param scope which resources matter
     */
    public AuditReader(String cluster, Scope scope) {
        this.cluster = cluster;
        this.head = new EventHead(scope);
        this.parser = new EventParser(head, scope);
    }

    /** Reads the document at {@code [from, to)}; white space alone is nothing. */
    public void read(byte[] b, int from, int to, String source, AuditSink sink) {
        if (from < to && b[from] != '{' && Opener.isGzip(new Slice(b, from, to))) {
            // It may well begin and end with bytes that are blanks in a text.
            read(new Slice(b, from, to), source, 0, sink);
            return;
        }
        int start = JsonScan.skipSpace(b, from, to);
        int end = to;
        while (end > start && b[end - 1] <= ' ' && b[end - 1] >= 0) {
            end--;
        }
        if (start < end) {
            read(new Slice(b, start, end), source, 0, sink);
        }
    }

    /**
     * Whether the text is a container runtime's line that its next line goes on with. Such lines must reach one reader, one
     * after the other.
     */
    public static boolean isFragment(byte[] b, int from, int to) {
        CriLine line = CriLine.of(new Slice(b, from, to));
        return line != null && line.partial();
    }

    /** No more comes that could go on with what was read last: a line whose end is missing is rejected. */
    public void finish(AuditSink sink) {
        if (fragments != null) {
            fragments = null;
            reject(RejectReason.CUT_OFF, sink);
        }
        discarding = false;
    }

    private void read(Slice document, String source, int layer, AuditSink sink) {
        byte first = document.first();
        try {
            if (first == '{') {
                readObject(document, source, layer, sink);
            } else if (first == '[') {
                open(document, source, layer, sink);
            } else if (Opener.isGzip(document)) {
                readCompressed(document, source, layer, sink);
            } else {
                readText(document, source, layer, sink);
            }
        } catch (MalformedJsonException e) {
            reject(e.cutOff() ? RejectReason.CUT_OFF : RejectReason.NOT_JSON, sink);
        }
    }

    private void readObject(Slice document, String source, int layer, AuditSink sink) {
        sink.document(document, source, layer);
        head.clear();
        SkipReason skipped = parser.read(document.bytes(), document.from(), document.to());
        if (skipped != null) {
            sink.skipped(skipped);
        } else if (head.isEvent && head.verb != null && (head.stage != null || head.time != null)) {
            head.finish(cluster, source, sink);
        } else {
            readEnvelope(document, source, layer, sink);
        }
    }

    private void readEnvelope(Slice document, String source, int layer, AuditSink sink) {
        Slice payload = Members.find(document, "protoPayload");
        if (GkeEntry.isEntry(payload) && payload != null) {
            sink.wrapped(Envelope.GKE);
            if (!GkeEntry.isKubernetes(payload)) {
                sink.skipped(SkipReason.NO_EVENT);
                return;
            }
            head.clear();
            GkeEntry.read(document, payload, head, parser);
            SkipReason irrelevant = head.irrelevance();
            if (irrelevant != null) {
                sink.skipped(irrelevant);
            } else {
                head.finish(cluster, source, sink);
            }
            return;
        }
        if (head.isEvent) {
            reject(RejectReason.DAMAGED, sink);
            return;
        }
        open(document, source, layer, sink);
    }

    private void open(Slice document, String source, int layer, AuditSink sink) {
        if (layer >= MOST_LAYERS) {
            reject(RejectReason.TOO_DEEP, sink);
            return;
        }
        Envelope envelope = Opener.open(document, new Opened() {
            @Override
            public void document(Slice inner, String innerSource) {
                read(inner, innerSource.isEmpty() ? source : innerSource, layer + 1, sink);
            }

            @Override
            public void nothing() {
                sink.skipped(SkipReason.NO_EVENT);
            }
        });
        if (envelope == null) {
            reject(RejectReason.NOT_AUDIT, sink);
        } else {
            sink.wrapped(envelope);
        }
    }

    private void readCompressed(Slice document, String source, int layer, AuditSink sink) {
        byte[] inflated = layer >= MOST_LAYERS ? null : Opener.inflate(document);
        if (inflated == null) {
            reject(RejectReason.NOT_JSON, sink);
            return;
        }
        sink.wrapped(Envelope.GZIP);
        int p = JsonScan.skipSpace(inflated, 0, inflated.length);
        // Firehose strings compressed records together without a newline between the documents.
        while (p < inflated.length) {
            int end = JsonScan.endOf(inflated, p, inflated.length);
            read(new Slice(inflated, p, end), source, layer + 1, sink);
            p = JsonScan.skipSpace(inflated, end, inflated.length);
        }
    }

    /** Text: a container runtime's line, something in front of the JSON, or none at all. */
    private void readText(Slice document, String source, int layer, AuditSink sink) {
        if (layer >= MOST_LAYERS) {
            reject(RejectReason.TOO_DEEP, sink);
            return;
        }
        CriLine cri = CriLine.of(document);
        if (cri != null) {
            readCri(cri, source, layer, sink);
            return;
        }
        int brace = document.from();
        int limit = Math.min(document.to(), document.from() + LONGEST_PREFIX);
        while (brace < limit && document.bytes()[brace] != '{') {
            brace++;
        }
        if (brace < limit && document.bytes()[document.to() - 1] == '}') {
            sink.wrapped(Envelope.PREFIXED);
            String prefix =
                    new Slice(document.bytes(), document.from(), brace).raw().strip();
            String host = prefix.isEmpty() || prefix.indexOf(' ') >= 0 ? source : prefix;
            read(new Slice(document.bytes(), brace, document.to()), host, layer + 1, sink);
        } else if (layer > 0) {
            sink.skipped(SkipReason.NO_EVENT);
        } else {
            boolean legacy = document.length() > 20
                    && new Slice(document.bytes(), document.from(), Math.min(document.to(), document.from() + 80))
                            .raw()
                            .contains(" AUDIT: id=");
            reject(legacy ? RejectReason.LEGACY_FORMAT : RejectReason.NOT_JSON, sink);
        }
    }

    private void readCri(CriLine line, String source, int layer, AuditSink sink) {
        if (discarding) {
            discarding = line.partial();
            return;
        }
        ByteArrayOutputStream begun = fragments;
        if (line.partial()) {
            begun = begun == null ? new ByteArrayOutputStream() : begun;
            fragments = begun;
            if (begun.size() + line.text().length() > LONGEST_FRAGMENTS) {
                fragments = null;
                discarding = true;
                reject(RejectReason.TOO_LONG, sink);
                return;
            }
            begun.write(line.text().bytes(), line.text().from(), line.text().length());
            return;
        }
        sink.wrapped(Envelope.CRI);
        Slice whole = line.text();
        if (begun != null) {
            begun.write(whole.bytes(), whole.from(), whole.length());
            whole = Slice.of(begun.toByteArray());
            fragments = null;
        }
        read(whole, source, layer + 1, sink);
    }

    private static void reject(RejectReason reason, AuditSink sink) {
        sink.rejected(reason, reason.explanation());
    }
}
