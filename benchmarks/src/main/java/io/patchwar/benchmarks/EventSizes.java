package io.patchwar.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** How long the events of a log are, in bytes, line end included. Not thread-safe. */
final class EventSizes {
    private int[] counts = new int[1 << 13];
    private long events;
    private long total;
    private int max;

    void add(int size) {
        if (size >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(size + 1, counts.length * 2));
        }
        counts[size]++;
        events++;
        total += size;
        max = Math.max(max, size);
    }

    long events() {
        return events;
    }

    long total() {
        return total;
    }

    int max() {
        return max;
    }

    /** In bytes; zero events have none. */
    long mean() {
        return events == 0 ? 0 : total / events;
    }

    /** The least size that this share of the events does not exceed. */
    int quantile(double share) {
        long wanted = (long) Math.ceil(events * share);
        long seen = 0;
        int size = 0;
        while (size < max && (seen += counts[size]) < wanted) {
            size++;
        }
        return size;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d events, %d bytes, mean %d, median %d, p95 %d, max %d",
                events,
                total,
                mean(),
                quantile(0.5),
                quantile(0.95),
                max);
    }
}
