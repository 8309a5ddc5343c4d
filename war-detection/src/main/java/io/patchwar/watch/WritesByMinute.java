package io.patchwar.watch;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many writes of one cluster changed something, minute by minute, from its first event to its last. Bounded; one thread. */
final class WritesByMinute {
    /** Two months; who has more, and in no order, counts too little for a severity, and nothing else. */
    private static final int MOST_MINUTES = 100_000;

    private static final int LATELY = 10;

    private static final class Count {
        private int writes;
    }

    private final Map<Long, Count> minutes = new HashMap<>();
    private long latest = Long.MIN_VALUE;
    private Count count = new Count();

    void add(Instant time) {
        long minute = minute(time);
        if (minute != latest) {
            latest = minute;
            count = minutes.size() < MOST_MINUTES
                    ? minutes.computeIfAbsent(minute, m -> new Count())
                    : minutes.getOrDefault(minute, new Count());
        }
        count.writes++;
    }

    void addAll(WritesByMinute other) {
        other.minutes.forEach((minute, theirs) -> {
            if (minutes.size() < MOST_MINUTES || minutes.containsKey(minute)) {
                minutes.computeIfAbsent(minute, m -> new Count()).writes += theirs.writes;
            }
        });
    }

    /** Writes in the ten minutes that end with this one. */
    int lately(long minute) {
        int sum = 0;
        for (long m = minute - LATELY + 1; m <= minute; m++) {
            Count known = minutes.get(m);
            sum += known == null ? 0 : known.writes;
        }
        return sum;
    }

    static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60L);
    }
}
