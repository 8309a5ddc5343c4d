package io.patchwar.watch;

import io.patchwar.model.audit.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The writes of one object that wait for those that belong before them; kept nearly in order, since they come so. One thread. */
public final class HeldWrites {
    private final List<AuditEvent> versioned = new ArrayList<>(1);
    private final List<AuditEvent> unversioned = new ArrayList<>(0);
    private final Duration grace;

    public HeldWrites(Duration grace) {
        this.grace = grace;
    }

    public boolean isEmpty() {
        return versioned.isEmpty() && unversioned.isEmpty();
    }

    /** Takes an event in, at its place. */
    public void add(AuditEvent event) {
        List<AuditEvent> list = event.version() != null ? versioned : unversioned;
        int at = list.size();
        while (at > 0 && WriteOrder.isBefore(event, list.get(at - 1), grace)) {
            at--;
        }
        list.add(at, event);
    }

    /** Takes the event out, and whatever belongs before it, in order; nothing if it was taken before. */
    public List<AuditEvent> takeUpTo(AuditEvent due) {
        boolean hasVersion = due.version() != null;
        int at = indexOf(hasVersion ? versioned : unversioned, due);
        if (at < 0) {
            return List.of();
        }
        int before = hasVersion ? at + 1 : WriteOrder.followed(versioned, due.time());
        int others = hasVersion ? untouchedBy(at) : at + 1;
        if (before + others == 1) {
            (hasVersion ? versioned : unversioned).remove(0);
            return List.of(due);
        }
        List<AuditEvent> first = versioned.subList(0, before);
        List<AuditEvent> rest = unversioned.subList(0, others);
        List<AuditEvent> taken = WriteOrder.merged(first, rest);
        first.clear();
        rest.clear();
        return taken;
    }

    /** How many events without a version stand before the version at that place: those older than it and all after it. */
    private int untouchedBy(int place) {
        if (unversioned.isEmpty()) {
            return 0;
        }
        Instant earliest = versioned.get(place).time();
        for (int i = place + 1; i < versioned.size(); i++) {
            Instant time = versioned.get(i).time();
            earliest = time.isBefore(earliest) ? time : earliest;
        }
        int others = 0;
        while (others < unversioned.size() && unversioned.get(others).time().isBefore(earliest)) {
            others++;
        }
        return others;
    }

    @SuppressWarnings("ReferenceEquality") // Equal events may wait side by side; this one is meant.
    private static int indexOf(List<AuditEvent> events, AuditEvent wanted) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
