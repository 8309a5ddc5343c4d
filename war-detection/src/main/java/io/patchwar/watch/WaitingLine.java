package io.patchwar.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides how long writes wait for those that belong before them: for the grace, by their cluster's clock, and until enough
 * more of the input came; less where too much waits. They go in the order in which they came. One thread.
 */
final class WaitingLine {
    private final Duration grace;
    private final int records;
    private final long mostBytes;
    private final Deque<Waiting> line = new ArrayDeque<>();
    private long bytes;

    /**
     * A write that waits.
     *
     * @param number its place among all writes, from 1
     * @param record how many records of the input had come with it
     */
    record Waiting(long number, long record, Instant time, ClusterClock clock, int bytes) {}

    WaitingLine(Duration grace, int records, long mostBytes) {
        this.grace = grace;
        this.records = records;
        this.mostBytes = mostBytes;
    }

    void add(Waiting write) {
        line.addLast(write);
        bytes += write.bytes();
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    /** Whether more waits than there is room for. */
    boolean isCrowded() {
        return bytes > mostBytes;
    }

    /** Whether the first has waited for long enough, now that so many records of the input came. */
    boolean isRipe(long record) {
        Waiting first = line.getFirst();
        return record - first.record() >= records
                && Passed.atLeast(grace, first.time(), first.clock().now());
    }

    /** Lets the first go. */
    Waiting next() {
        Waiting first = line.removeFirst();
        bytes -= first.bytes();
        return first;
    }

    /** Bytes of what waits. */
    long bytes() {
        return bytes;
    }
}
