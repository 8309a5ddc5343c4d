package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditSink;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings logs into one order of time. A log is opened when the others have come to where it begins, so that of a set of
 * rotated files one or two are open, and logs of several servers all are. Which files belong together needs no names.
 */
final class Merge {
    /** A log that waits until it is its turn. */
    record Waiting(LogFile file, Instant begins) {
        static final Comparator<Waiting> ORDER = Comparator.comparing(Waiting::begins)
                .thenComparing(waiting -> waiting.file().name());
    }

    private static final class Lane {
        private final LogStream log;
        private @Nullable Batch batch;
        private @Nullable Instant next;

        Lane(LogStream log) {
            this.log = log;
        }
    }

    private final ReadAhead ahead;
    private final AuditSink sink;
    private final Runnable afterBatch;
    private final int longest;
    private final Deque<Waiting> waiting;
    private final List<Lane> lanes = new ArrayList<>();
    private int mostOpen;

    Merge(List<Waiting> logs, ReadAhead ahead, int longest, AuditSink sink, Runnable afterBatch) {
        this.ahead = ahead;
        this.longest = longest;
        this.sink = sink;
        this.afterBatch = afterBatch;
        List<Waiting> sorted = new ArrayList<>(logs);
        sorted.sort(Waiting.ORDER);
        this.waiting = new ArrayDeque<>(sorted);
    }

    void run() throws SourceException {
        while (true) {
            Lane earliest = earliest();
            while (!waiting.isEmpty()
                    && (earliest == null || !waiting.getFirst().begins().isAfter(earliest.next))) {
                open(waiting.removeFirst());
                earliest = earliest();
            }
            if (earliest == null) {
                return;
            }
            tell(earliest);
        }
    }

    /** How many logs were open at once, at the most. */
    int mostOpen() {
        return mostOpen;
    }

    private void open(Waiting log) throws SourceException {
        LogStream stream = LogStream.open(log.file(), longest);
        Lane lane = new Lane(stream);
        ahead.add(stream);
        lanes.add(lane);
        mostOpen = Math.max(mostOpen, lanes.size());
        if (!advance(lane)) {
            lanes.remove(lane);
        }
    }

    private @Nullable Lane earliest() {
        Lane earliest = null;
        for (Lane lane : lanes) {
            if (earliest == null || isBefore(lane, earliest)) {
                earliest = lane;
            }
        }
        return earliest;
    }

    private static boolean isBefore(Lane lane, Lane other) {
        return lane.next != null && other.next != null && lane.next.isBefore(other.next);
    }

    /** Tells the lane's events up to where another log's come first. */
    private void tell(Lane lane) throws SourceException {
        Instant until = otherNext(lane);
        Batch batch = lane.batch;
        Instant next = lane.next;
        while (batch != null && next != null && (until == null || !next.isAfter(until))) {
            batch.tellEvent(sink);
            next = batch.nextTime();
        }
        lane.next = next;
        if (next == null && !advance(lane)) {
            lanes.remove(lane);
        }
    }

    /** When the earliest event of any other log comes, whether that is open or not; null if none does. */
    private @Nullable Instant otherNext(Lane lane) {
        Instant first = waiting.isEmpty() ? null : waiting.getFirst().begins();
        for (Lane other : lanes) {
            if (other != lane && other.next != null && (first == null || other.next.isBefore(first))) {
                first = other.next;
            }
        }
        return first;
    }

    /** Brings the lane to its next event, and tells what lies before it; false if the log is over. */
    private boolean advance(Lane lane) throws SourceException {
        while (true) {
            if (lane.batch != null) {
                lane.batch.tellRest(sink);
                ahead.told(lane.batch);
                afterBatch.run();
            }
            Batch batch = ahead.take(lane.log);
            lane.batch = batch;
            if (batch == null) {
                Batch words = lane.log.lastWords();
                if (words != null) {
                    words.tellRest(sink);
                }
                lane.log.close();
                return false;
            }
            lane.next = batch.nextTime();
            if (lane.next != null) {
                return true;
            }
        }
    }
}
