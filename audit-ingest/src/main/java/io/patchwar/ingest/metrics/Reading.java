package io.patchwar.ingest.metrics;

import io.patchwar.model.envelope.Envelope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What became of the audit records of one document: read = accepted + skipped + rejected. Used again for the next. One thread. */
public final class Reading {
    /** What lies around others and says nothing of whose form it is. */
    private static final Set<Envelope> OUTER = Set.of(Envelope.ARRAY, Envelope.GZIP, Envelope.CRI, Envelope.PREFIXED);

    int accepted;
    final Map<String, Integer> skipped = new HashMap<>();
    final Map<String, Integer> rejected = new HashMap<>();
    String envelope = "none";

    public void accepted() {
        accepted++;
    }

    public void skipped(String reason) {
        skipped.merge(reason, 1, Integer::sum);
    }

    public void rejected(String reason) {
        rejected.merge(reason, 1, Integer::sum);
    }

    /** The document was in that; of several, one that says who shipped it is told. */
    public void wrapped(Envelope opened) {
        if (envelope.equals("none") || !OUTER.contains(opened)) {
            envelope = opened.word();
        }
    }

    public void clear() {
        accepted = 0;
        skipped.clear();
        rejected.clear();
        envelope = "none";
    }
}
