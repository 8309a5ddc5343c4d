package io.patchwar.watch;

import io.patchwar.model.ResourceVersion;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of an object's writes ({@code detection.md} section 1): by resourceVersion, never by arrival. An event without
 * a version stands right after the highest version stamped no later than it.
 */
final class WriteOrder {
    private static final Comparator<AuditEvent> BY_TIME = Comparator.comparing(AuditEvent::time)
            .thenComparing(AuditEvent::auditID)
            .thenComparing(AuditEvent::uri);

    /** Of the events that carry one version, the write that made it goes first, those that left it as it was after. */
    private static final Comparator<AuditEvent> BY_VERSION = Comparator.comparing(
                    WriteOrder::version, ResourceVersion.ORDER)
            .thenComparing(WriteOrder::isKnownNoOp)
            .thenComparing(BY_TIME);

    private WriteOrder() {}

    private static String version(AuditEvent event) {
        String version = event.version();
        return version == null ? "" : version;
    }

    private static boolean isKnownNoOp(AuditEvent event) {
        return event.verb() == Verb.UPDATE && version(event).equals(event.baseVersion());
    }

    /**
     * Whether {@code event} belongs before {@code other}; both have a version, or neither has. Stamps further apart than
     * the grace decide alone: a version that is lower by then comes from a restored store.
     */
    static boolean isBefore(AuditEvent event, AuditEvent other, Duration grace) {
        if (event.version() == null) {
            return BY_TIME.compare(event, other) < 0;
        }
        Instant time = event.time();
        if (time.isAfter(other.time().plus(grace))) {
            return false;
        }
        return other.time().isAfter(time.plus(grace)) || BY_VERSION.compare(event, other) < 0;
    }

    /** Puts events without a version, oldest first, among those with one, which are in order. */
    static List<AuditEvent> merged(List<AuditEvent> versioned, List<AuditEvent> others) {
        List<AuditEvent> merged = new ArrayList<>(versioned.size() + others.size());
        int next = 0;
        for (AuditEvent other : others) {
            int place = followed(versioned, other.time());
            while (next < place) {
                merged.add(versioned.get(next++));
            }
            merged.add(other);
        }
        while (next < versioned.size()) {
            merged.add(versioned.get(next++));
        }
        return merged;
    }

    /** How many versions an event of that time stands behind: up to the highest that is stamped no later. */
    static int followed(List<AuditEvent> versioned, Instant time) {
        int i = versioned.size();
        while (i > 0 && versioned.get(i - 1).time().isAfter(time)) {
            i--;
        }
        return i;
    }
}
