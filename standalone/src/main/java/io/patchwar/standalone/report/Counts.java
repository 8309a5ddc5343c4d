package io.patchwar.standalone.report;

import java.util.EnumMap;
import java.util.Map;

/** How often each of a few things was seen. One thread. */
@SuppressWarnings("EnumOrdinal") // An index within one run; nothing of it is kept.
final class Counts<T extends Enum<T>> {
    private final Class<T> type;
    private final T[] things;
    private final long[] counts;

    Counts(Class<T> type) {
        this.type = type;
        this.things = type.getEnumConstants();
        this.counts = new long[things.length];
    }

    void add(T thing) {
        counts[thing.ordinal()]++;
    }

    /** The counts of what was seen at least once. */
    Map<T, Long> counts() {
        Map<T, Long> seen = new EnumMap<>(type);
        for (T thing : things) {
            if (counts[thing.ordinal()] > 0) {
                seen.put(thing, counts[thing.ordinal()]);
            }
        }
        return seen;
    }
}
