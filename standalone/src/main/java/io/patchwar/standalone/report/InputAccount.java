package io.patchwar.standalone.report;

import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where every record of the input went: read = accepted + skipped + rejected.
 *
 * @param skipped by reason, those that occurred
 * @param rejected by reason, those that occurred
 * @param envelopes that were opened to get at the records
 */
public record InputAccount(
        long accepted, Map<SkipReason, Long> skipped, Map<RejectReason, Long> rejected, Map<Envelope, Long> envelopes) {
    public InputAccount {
        // In the order of their declaration, so that reports do not differ from run to run.
        skipped = Collections.unmodifiableMap(new EnumMap<>(skipped));
        rejected = Collections.unmodifiableMap(new EnumMap<>(rejected));
        envelopes = Collections.unmodifiableMap(new EnumMap<>(envelopes));
    }

    public long read() {
        return accepted + allSkipped() + allRejected();
    }

    public long allSkipped() {
        return sum(skipped);
    }

    public long allRejected() {
        return sum(rejected);
    }

    /** Records that were audit events, whether they mattered or not. */
    public long auditEvents() {
        return accepted + allSkipped() - skipped.getOrDefault(SkipReason.NO_EVENT, 0L);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
