package io.patchwar.ingest.pipeline;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.metrics.Reading;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Documents of one origin that are acknowledged together. Feed, commit, close; records leave as they come, so that a batch of
 * any size holds little memory, and one that is closed without a commit may have been delivered in part. One thread at a time.
 */
public final class Batch implements AutoCloseable {
    private static final int CHUNK = 1 << 20;
    private static final int MOST_SOURCES = 64;

    private final Origin origin;
    private final Pipeline pipeline;
    private final Outlet outlet;
    private final DeadLetters deadLetters;
    private final IngestMetrics metrics;
    private final InstantSource clock;
    private final Sink sink = new Sink();
    private final List<CompletableFuture<Void>> deliveries = new ArrayList<>();
    private final Map<String, Instant> newest = new HashMap<>();
    private Pipeline.@Nullable Desk desk;
    private List<OutRecord> records = new ArrayList<>();
    private int weight;
    private int delivered;
    private boolean reading;

    Batch(
            Origin origin,
            Pipeline.Desk desk,
            Pipeline pipeline,
            Outlet outlet,
            DeadLetters deadLetters,
            IngestMetrics metrics,
            InstantSource clock) {
        this.origin = origin;
        this.desk = desk;
        this.pipeline = pipeline;
        this.outlet = outlet;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Reads the document at {@code b[from, to)}: a line, an item, a shipper's record, a whole body. The buffer is the caller's
     * again on return. The parts of a line that a container runtime split belong to one batch.
     *
     * @param position where it stands in its source (offset, number), for dead letters
     */
    public void feed(byte[] b, int from, int to, long position) {
        Pipeline.Desk tools = desk();
        if (!reading) {
            reading = true;
            outlet.reading(origin);
        }
        sink.begin(b, from, to, position);
        tools.reader().read(b, from, to, origin.source(), sink);
        sink.end();
        if (newest.isEmpty()) {
            // Nothing that can matter, but it tells the time all the same.
            Instant stamp = Stamps.last(b, from, to);
            if (stamp != null) {
                newest.put(origin.source(), stamp);
            }
        }
    }

    /**
     * Leaves a document as a dead letter without reading it.
     *
     * @param reason a word of the code, for metrics
     */
    public void reject(String reason, byte[] b, int from, int to, long position) {
        Pipeline.Desk unused = desk();
        sink.begin(b, from, to, position);
        sink.reject(reason);
        sink.end();
    }

    /**
     * No more comes; what was fed is made durable.
     *
     * @return completes when it is; fails with {@link NotDurableException} if it may not be: feed the same documents to
     *     another batch, later
     */
    public CompletableFuture<Void> commit() {
        Pipeline.Desk tools = desk();
        sink.begin(new byte[0], 0, 0, -1);
        tools.reader().finish(sink);
        sink.end();
        flush();
        CompletableFuture<Void> all = deliveries.size() == 1
                ? deliveries.get(0)
                : CompletableFuture.allOf(deliveries.toArray(CompletableFuture[]::new));
        if (reading) {
            reading = false;
            Map<String, Instant> stamps = stamps();
            int records = records();
            all = all.whenComplete((ok, e) -> {
                if (e == null) {
                    outlet.durable(origin, heard(stamps), records);
                } else {
                    outlet.refused(origin);
                }
            });
        }
        close();
        return all;
    }

    /** The newest stamp of each source, none ahead of us. */
    private Map<String, Instant> stamps() {
        Instant now = clock.instant();
        Map<String, Instant> stamps = new HashMap<>(newest);
        stamps.replaceAll((source, stamp) -> stamp.isAfter(now.plus(Clerk.AHEAD)) ? now : stamp);
        return stamps;
    }

    /** What is told once it is durable; of the origin in any case. */
    private List<Heard> heard(Map<String, Instant> stamps) {
        Instant now = clock.instant();
        List<Heard> heard = new ArrayList<>();
        stamps.forEach((source, stamp) -> heard.add(new Heard(origin.cluster(), source, origin.ordered(), stamp, now)));
        if (!stamps.containsKey(origin.source())) {
            heard.add(new Heard(origin.cluster(), origin.source(), origin.ordered(), null, now));
        }
        return heard;
    }

    /**
     * {@link #commit()}, and waits for it.
     *
     * @throws NotDurableException see there
     * @throws TimeoutException if it took longer; it may still become durable
     */
    public void commit(Duration timeout) throws NotDurableException, TimeoutException, InterruptedException {
        try {
            commit().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotDurableException reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** How many records were handed on so far, dead letters among them. */
    public int records() {
        return delivered + records.size();
    }

    /** Without a commit, what was fed is still to come: its sender will send it again. */
    @Override
    public void close() {
        if (reading) {
            reading = false;
            outlet.refused(origin);
        }
        pipeline.giveBack(origin, desk);
        desk = null;
        records = List.of();
    }

    private Pipeline.Desk desk() {
        Pipeline.Desk tools = desk;
        if (tools == null) {
            throw new IllegalStateException("this batch was committed or closed; begin another");
        }
        return tools;
    }

    private void add(OutRecord out) {
        records.add(out);
        weight += out.weight();
        if (weight >= CHUNK) {
            flush();
        }
    }

    private void flush() {
        if (!records.isEmpty()) {
            delivered += records.size();
            deliveries.add(outlet.deliver(records, !origin.kept()));
            records = new ArrayList<>();
            weight = 0;
        }
    }

    /** Takes what the reader finds in the document that it reads now. */
    private final class Sink implements AuditSink {
        private final Reading reading = new Reading();
        private byte[] b = new byte[0];
        private int from;
        private int to;
        private long position;

        void begin(byte[] document, int start, int end, long at) {
            b = document;
            from = start;
            to = end;
            position = at;
        }

        void end() {
            metrics.count(origin.cluster(), reading);
            reading.clear();
            b = new byte[0];
        }

        @Override
        public void accepted(AuditEvent event) {
            if (newest.size() < MOST_SOURCES || newest.containsKey(event.source())) {
                newest.merge(event.source(), event.time(), (a, c) -> a.isAfter(c) ? a : c);
            }
            String skipped = desk().clerk().write(event, Batch.this::add);
            if (skipped == null) {
                reading.accepted();
            } else {
                reading.skipped(skipped);
            }
        }

        @Override
        public void skipped(SkipReason reason) {
            reading.skipped(reason.word());
        }

        @Override
        public void rejected(RejectReason reason, String detail) {
            reject(reason.word());
        }

        void reject(String reason) {
            reading.rejected(reason);
            OutRecord letter = deadLetters.of(origin, reason, b, from, to, position, clock.instant());
            if (letter == null) {
                metrics.deadLetterWithheld();
            } else {
                metrics.deadLetter();
                add(letter);
            }
        }

        @Override
        public void wrapped(Envelope envelope) {
            reading.wrapped(envelope);
        }
    }
}
