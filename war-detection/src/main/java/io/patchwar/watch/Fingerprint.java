package io.patchwar.watch;

import io.patchwar.model.audit.AuditEvent;

/**
 * A number that two deliveries of one event share: of its audit ID, its URI and when it was received, since the audit ID
 * alone is repeated by clients that send their own. 64 bits, well mixed: among the few hundred events that are compared,
 * two that differ share one by no chance worth a thought.
 * Stored in the state of live watches: it may not change while the state's format does not.
 */
public final class Fingerprint {
    private Fingerprint() {}

    public static long of(AuditEvent event) {
        long h = hash(7, event.auditID());
        h = hash(h, event.uri());
        h = 31 * h + event.received().hashCode();
        h = (h ^ (h >>> 29)) * 0xbf58476d1ce4e5b9L;
        return h ^ (h >>> 32);
    }

    private static long hash(long seed, String text) {
        long h = seed;
        for (int i = 0; i < text.length(); i++) {
            h = h * 0x100000001b3L ^ text.charAt(i);
        }
        return h;
    }
}
