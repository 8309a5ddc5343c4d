package io.patchwar.watch;

import io.patchwar.model.ResourceVersion;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of an object's writes ({@code detection.md} section 1): by resourceVersion, never by arrival. An event without
 * a version stands right after the highest version stamped no later than it.
 */
final class WriteOrder {
    /** Of the events that carry one version, the write that made it goes first, those that left it as it was after. */
    private static final Comparator<AuditEvent> VERSIONED = Comparator.comparing(
                    WriteOrder::version, ResourceVersion.ORDER)
            .thenComparing(WriteOrder::isKnownNoOp)
            .thenComparing(AuditEvent::time)
            .thenComparing(AuditEvent::auditID)
            .thenComparing(AuditEvent::uri);

    private static final Comparator<AuditEvent> UNVERSIONED = Comparator.comparing(AuditEvent::time)
            .thenComparing(AuditEvent::auditID)
            .thenComparing(AuditEvent::uri);

    private WriteOrder() {}

    /** Compares two events that both have a version, or both have none. */
    static int compareAlike(AuditEvent a, AuditEvent b) {
        return (a.version() != null ? VERSIONED : UNVERSIONED).compare(a, b);
    }

    private static String version(AuditEvent event) {
        String version = event.version();
        return version == null ? "" : version;
    }

    private static boolean isKnownNoOp(AuditEvent event) {
        return event.verb() == Verb.UPDATE && version(event).equals(event.baseVersion());
    }

    static List<AuditEvent> sorted(List<AuditEvent> events) {
        List<AuditEvent> versioned = new ArrayList<>(events.size());
        List<AuditEvent> others = new ArrayList<>();
        for (AuditEvent event : events) {
            (event.version() == null ? others : versioned).add(event);
        }
        versioned.sort(VERSIONED);
        if (others.isEmpty()) {
            return versioned;
        }
        others.sort(UNVERSIONED);
        List<List<AuditEvent>> after = new ArrayList<>(versioned.size() + 1);
        for (int i = 0; i <= versioned.size(); i++) {
            after.add(List.of());
        }
        for (AuditEvent event : others) {
            int place = 0;
            for (int i = versioned.size(); i > 0 && place == 0; i--) {
                place = versioned.get(i - 1).time().isAfter(event.time()) ? 0 : i;
            }
            List<AuditEvent> same = after.get(place).isEmpty() ? new ArrayList<>() : after.get(place);
            same.add(event);
            after.set(place, same);
        }
        List<AuditEvent> sorted = new ArrayList<>(events.size());
        sorted.addAll(after.get(0));
        for (int i = 0; i < versioned.size(); i++) {
            sorted.add(versioned.get(i));
            sorted.addAll(after.get(i + 1));
        }
        return sorted;
    }
}
