package io.patchwar.watch.live;

import io.patchwar.detection.DetectionRules;
import io.patchwar.detection.ObjectHistory;
import io.patchwar.fields.ObjectState;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.watch.HeldWrites;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is remembered of one object, decoded. */
final class LiveObject {
    final ObjectRef ref;
    final byte[] key;
    ObjectState state = new ObjectState();
    ObjectHistory history;
    Fingerprints seen = new Fingerprints();

    /** Where in the partition its last event was read, and the newest stamp among those that were: what was taken in. */
    long position = -1;

    Instant newest = Instant.EPOCH;

    final HeldWrites held;
    final IdentityHashMap<AuditEvent, HeldEvent> waiting = new IdentityHashMap<>(0);
    final Map<String, Told> told = new LinkedHashMap<>(0);

    /** What the memory's index says of it; null where that does not name it. */
    @Nullable
    Index index;

    /** How large its value in the memory is; -1 if it has none. */
    int stored = -1;

    boolean dirty;

    /** Whether something was told of it since the last commit: the memory must not know of that before the listener is sure of it. */
    boolean spoken;

    int weight;
    private int judged;

    /**
     * What the index holds of an object that something may happen to without an event.
     *
     * @param deadline no later than when that is
     * @param ongoing how many wars and findings are fought over it
     */
    record Index(Instant deadline, int ongoing) {}

    LiveObject(ObjectRef ref, DetectionRules rules, Duration grace) {
        this.ref = ref;
        this.key = ObjectKey.of(ref);
        this.history = new ObjectHistory(ref, rules);
        this.held = new HeldWrites(grace);
    }

    /** Whether the event was taken in before and is read once more. Positions may begin anew; stamps do not go back for long. */
    boolean tookIn(AuditEvent event, long at) {
        return at <= position && !event.time().isAfter(newest);
    }

    /** When something is to happen to it by time alone; null if nothing is. */
    @Nullable
    Instant deadline(Duration progress) {
        Instant first = history.deadline();
        for (Told each : told.values()) {
            if (each.pending) {
                Instant due = each.at.plus(progress);
                first = first == null || due.isBefore(first) ? due : first;
            }
        }
        return first;
    }

    boolean isToBeWeighed() {
        judged++;
        return judged < 4 || judged % 16 == 0;
    }

    /** Roughly how many bytes of heap this holds, held events left out. */
    int weigh() {
        return 500 + 2 * key.length + state.weight() + history.weight() + seen.weight() + told.size() * 150;
    }
}
