package io.patchwar.watch;

import io.patchwar.detection.ObjectHistory;
import io.patchwar.fields.ObjectState;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import java.time.Instant;
import java.util.Arrays;

/** All that is remembered of one object. */
final class ObjectEntry {
    private static final int MOST_KEYS = 256;

    final ObjectRef object;
    final ObjectState state = new ObjectState();
    final ObjectHistory history;
    final HeldWrites held;
    private long[] keys = new long[2];
    private int nextKey;
    Instant lastSeen = Instant.MIN;
    int weight;
    private int judged;

    ObjectEntry(ObjectRef object, WatchConfig config) {
        this.object = object;
        this.history = new ObjectHistory(object, config.rules());
        this.held = new HeldWrites(config.grace());
    }

    /** Whether this event came before; remembers it if not. */
    boolean isDuplicate(AuditEvent event) {
        long key = Fingerprint.of(event);
        int known = Math.min(nextKey, keys.length);
        for (int i = 0; i < known; i++) {
            if (keys[i] == key) {
                return true;
            }
        }
        if (nextKey == keys.length && keys.length < MOST_KEYS) {
            keys = Arrays.copyOf(keys, keys.length * 2);
        }
        keys[nextKey % keys.length] = key;
        nextKey = nextKey + 1 == 2 * MOST_KEYS ? MOST_KEYS : nextKey + 1;
        return false;
    }

    /** Whether it is time to weigh it again: at its first writes, and now and then. */
    boolean isToBeWeighed() {
        judged++;
        return judged < 4 || judged % 16 == 0;
    }

    /** Roughly how many bytes of memory this holds, held events left out. */
    int weigh() {
        return 400 + state.weight() + history.weight() + keys.length * Long.BYTES;
    }
}
