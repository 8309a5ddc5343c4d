package io.patchwar.processor.alerting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was told when, as Prometheus does: what is new or over goes out at once, what holds is repeated, and that
 * something is over is repeated for a while. Bounded by the lineup's own bound. One thread.
 */
final class AlertBook {
    /** Resolved alerts that are still repeated, for each that may fire. */
    private static final int RESOLVED_FOR_EACH = 5;

    private static final int LEAST_RESOLVED = 100;

    private final AlertTiming timing;
    private final int mostResolved;
    private final Map<Map<String, String>, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {
        private Notice notice;
        private @Nullable Instant resolvedAt;
        private @Nullable Instant sentAt;

        private Entry(Notice notice) {
            this.notice = notice;
        }
    }

    AlertBook(AlertSettings settings) {
        this.timing = settings.timing();
        this.mostResolved = Math.max(LEAST_RESOLVED, settings.mostAlerts() * RESOLVED_FOR_EACH);
    }

    /** What must be sent now. */
    List<Alert> due(Lineup lineup, Instant now) {
        lineup.firing().forEach(this::takeIn);
        List<Alert> due = new ArrayList<>();
        int resolved = 0;
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.resolvedAt == null && !lineup.firing().containsKey(entry.notice.labels())) {
                entry.resolvedAt = now;
                entry.notice = lineup.lastWords(entry.notice);
                entry.sentAt = null;
            }
            Instant resolvedAt = entry.resolvedAt;
            if (resolvedAt != null && !resolvedAt.plus(timing.resolvedFor()).isAfter(now)) {
                all.remove();
                continue;
            }
            resolved += resolvedAt == null ? 0 : 1;
            Instant sentAt = entry.sentAt;
            if (sentAt == null || !sentAt.plus(timing.resend()).isAfter(now)) {
                entry.sentAt = now;
                due.add(entry.notice.until(resolvedAt == null ? now.plus(timing.expiry()) : resolvedAt));
            }
        }
        forget(resolved - mostResolved);
        return due;
    }

    private void takeIn(Map<String, String> labels, Notice notice) {
        Entry entry = entries.get(labels);
        if (entry == null) {
            entries.put(labels, new Entry(notice));
        } else {
            entry.notice = notice;
            if (entry.resolvedAt != null) {
                entry.resolvedAt = null;
                entry.sentAt = null;
            }
        }
    }

    /** Those that were told first have been resolved for longest, or nearly. */
    private void forget(int count) {
        int left = count;
        for (Iterator<Entry> all = entries.values().iterator(); left > 0 && all.hasNext(); ) {
            if (all.next().resolvedAt != null) {
                all.remove();
                left--;
            }
        }
    }

    /** Somebody has come who knows nothing: everything is due anew. */
    void repeat() {
        entries.values().forEach(entry -> entry.sentAt = null);
    }

    int firing() {
        return (int) entries.values().stream().filter(e -> e.resolvedAt == null).count();
    }
}
