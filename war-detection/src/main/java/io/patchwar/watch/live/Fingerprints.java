package io.patchwar.watch.live;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import io.patchwar.watch.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * By what an event is known again ({@code detection.md} section 1, "Dedupe"): the last 256 of an object, each for ten minutes
 * of its cluster's time. One thread.
 */
final class Fingerprints {
    static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST = 256;

    /** A ring: place {@code added % keys.length} is the next to be written. */
    private long[] keys = new long[2];

    private long[] seconds = new long[2];
    private long added;

    /** Whether this event came before; remembers it if not. */
    boolean isDuplicate(AuditEvent event, Instant now) {
        long key = Fingerprint.of(event);
        long oldest = now.minus(REMEMBERED).getEpochSecond();
        for (int i = remembered() - 1; i >= 0; i--) {
            if (keys[i] == key && seconds[i] >= oldest) {
                return true;
            }
        }
        add(key, now.getEpochSecond());
        return false;
    }

    private void add(long key, long second) {
        if (added == keys.length && keys.length < MOST) {
            keys = Arrays.copyOf(keys, keys.length * 2);
            seconds = Arrays.copyOf(seconds, keys.length);
        }
        int place = (int) (added % keys.length);
        keys[place] = key;
        seconds[place] = second;
        added++;
    }

    private int remembered() {
        return (int) Math.min(added, keys.length);
    }

    int weight() {
        return keys.length * 2 * Long.BYTES;
    }

    /** Writes those that are not too old by now, the oldest first. */
    void write(StateWriter out, Instant now) {
        long oldest = now.minus(REMEMBERED).getEpochSecond();
        long first = added - remembered();
        while (first < added && seconds[(int) (first % keys.length)] < oldest) {
            first++;
        }
        out.number(added - first);
        long before = 0;
        for (long i = first; i < added; i++) {
            int place = (int) (i % keys.length);
            out.digest(keys[place]);
            out.signed(seconds[place] - before);
            before = seconds[place];
        }
    }

    static Fingerprints read(StateReader in) {
        Fingerprints read = new Fingerprints();
        long second = 0;
        for (int i = in.number(MOST); i > 0; i--) {
            long key = in.digest();
            second += in.signed();
            read.add(key, second);
        }
        return read;
    }
}
