package io.patchwar.watch;

import io.patchwar.model.ResourceVersion;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of an object's writes ({@code detection.md} section 1): by resourceVersion, never by arrival. An event without
 * a version stands right after the highest version stamped no later than it.
 */
final class WriteOrder {
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
            return byTime(event, other) < 0;
        }
        if (Passed.moreThan(grace, other.time(), event.time())) {
            return false;
        }
        return Passed.moreThan(grace, event.time(), other.time()) || byVersion(event, other) < 0;
    }

    private static int byTime(AuditEvent one, AuditEvent other) {
        int order = one.time().compareTo(other.time());
        order = order != 0 ? order : one.auditID().compareTo(other.auditID());
        return order != 0 ? order : one.uri().compareTo(other.uri());
    }

    /** Of the events that carry one version, the write that made it goes first, those that left it as it was after. */
    private static int byVersion(AuditEvent one, AuditEvent other) {
        int order = ResourceVersion.compare(version(one), version(other));
        order = order != 0 ? order : Boolean.compare(isKnownNoOp(one), isKnownNoOp(other));
        return order != 0 ? order : byTime(one, other);
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
