package io.patchwar.ingest.files;

import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one log: the file of that name, and what it is rotated into, in the order in which they were written. At most one batch
 * is under way; the place moves only when that is durable. One thread.
 */
final class LogTail implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    /** A file that is being packed is whole soon. */
    private static final int PATIENT_ROUNDS = 60;

    /** Files that end, one after the other, are passed in one go; a bound, should a directory change under us forever. */
    private static final int MOST_TURNS = 10_000;

    private final Path live;
    private final Origin origin;
    private final Pipeline pipeline;
    private final FilesMetrics metrics;
    private final Rotation rotation;
    private final LineBuffer buffer;
    private final LineSender lines;
    private final Duration patience;
    private FilesConfig.Start start;

    private @Nullable OpenLog open;
    private boolean met;
    private boolean nothingNext;
    private @Nullable Departure departed;
    private long namedAt = System.nanoTime();

    /** A batch that is under way. */
    record Pending(LogTail tail, OpenLog of, CompletableFuture<Void> durable, int bytes, boolean oversized) {}

    /**
     * What was taken for deleted, and may only have been away: its volume, or the name of its directory. It counts as read, and is
     * read on from there should it come again, by whatever name. Known to this process alone; to another it is a new one, and
     * comes twice.
     *
     * @param offset up to where whole lines of it were read
     */
    private record Departure(Fingerprint begins, long offset) {
        /** A beginning of a few bytes may be that of another log. */
        boolean isSure() {
            return begins.length() == Fingerprint.LONGEST;
        }
    }

    LogTail(
            Path live,
            Origin origin,
            FilesConfig.Start start,
            FilesConfig config,
            Pipeline pipeline,
            FilesMetrics metrics) {
        this.live = live;
        this.origin = origin;
        this.start = start;
        this.patience = config.gone();
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.rotation = new Rotation(live);
        this.buffer = new LineBuffer(config.batch(), config.longestLine());
        this.lines = new LineSender(pipeline, origin);
    }

    Path live() {
        return live;
    }

    Origin origin() {
        return origin;
    }

    /** What is durable of it; null if it was never met. */
    @Nullable
    Place place() {
        if (!met) {
            return null;
        }
        OpenLog now = open;
        if (now == null) {
            return new Place("", null, 0, rotation.done());
        }
        Fingerprint begins = now.begins();
        return begins.length() == 0
                ? new Place(now.content().fileKey(), null, 0, rotation.done())
                : new Place(now.content().fileKey(), begins, now.offset(), rotation.done());
    }

    /**
     * Goes on where an earlier process was.
     *
     * @throws IOException if that cannot be looked for now; it is not met, and to be resumed again
     */
    void resume(Place place) throws IOException {
        rotation.resume(place.done());
        Fingerprint begins = place.current();
        if (begins == null) {
            met = true;
            return;
        }
        Rotation.Found found = rotation.find(begins, place.offset());
        if (found != null) {
            met = true;
            take(found, place.offset());
            return;
        }
        if (rotation.isNowhere() && System.nanoTime() - namedAt < patience.toNanos()) {
            throw new NoSuchFileException(
                    live.toString(), null, "nor is anything that it was rotated into; its volume may be mounted late");
        }
        met = true;
        metrics.lost(origin.cluster());
        LOG.warn(
                "{} was read up to {} and is gone, by its own name and by every name it may have been rotated to; what came after is not"
                        + " read. Keep more rotated files, or stop ingest for a shorter time",
                live,
                place.offset());
        rotation.pass(begins);
    }

    private void take(Rotation.Found next, long from) {
        take(next, from, false);
    }

    private void take(Rotation.Found next, long from, boolean amidst) {
        release();
        namedAt = System.nanoTime();
        open = new OpenLog(next, from, amidst, buffer);
    }

    private void release() {
        OpenLog old = open;
        open = null;
        if (old != null) {
            old.close();
        }
    }

    /**
     * Reads on and sends what it read off; only once it was met.
     *
     * @return null if there is nothing new
     */
    @Nullable
    Pending read() throws IOException {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            OpenLog now = open;
            if (now == null) {
                if (!openNext()) {
                    return null;
                }
                continue;
            }
            if (now.isAnother()) {
                takeRestOfTruncated(now);
                continue;
            }
            int got = buffer.fill(now.content());
            namedAt = got > 0 ? System.nanoTime() : namedAt;
            // It may have been emptied while it was read: then what was read is of neither file.
            if (now.isAnother()) {
                takeRestOfTruncated(now);
                continue;
            }
            if (!now.hasPassedRest() && got > 0) {
                continue;
            }
            int end = buffer.wholeLines();
            if (end > 0) {
                return new Pending(this, now, lines.send(buffer, end), end, false);
            }
            if (buffer.isFull() && buffer.filled() > 0) {
                if (!buffer.grow()) {
                    metrics.oversized(origin.cluster());
                    return new Pending(this, now, lines.sendOversized(buffer), buffer.filled(), true);
                }
                continue;
            }
            if (got > 0) {
                continue;
            }
            if (!hasEnded(now)) {
                now.goesOn();
                pipeline.heard(origin);
                return null;
            }
            if (!now.endsAgain()) {
                // It ended after it was read: once more, for what was written in between.
                continue;
            }
            if (buffer.filled() > 0) {
                now.sendsUnended();
                return new Pending(this, now, lines.send(buffer, buffer.filled()), buffer.filled(), false);
            }
            finish(now);
        }
        return null;
    }

    /** What was written before it was emptied and not read yet stands in a copy, if there is one. */
    private void takeRestOfTruncated(OpenLog emptied) throws IOException {
        Fingerprint begins = emptied.begins();
        long offset = emptied.offset();
        Rotation.Found copy = rotation.findRotated(begins, offset);
        metrics.truncated(origin.cluster());
        if (copy != null) {
            take(copy, offset);
            return;
        }
        LOG.warn(
                "{} was emptied after {} bytes were read, and there is no copy: what was written in between is lost",
                live,
                offset);
        pass(begins);
    }

    /**
     * The file that begins so is done with; what comes next begins at its beginning.
     *
     * @throws IOException if what is beside it cannot be looked at now; then nothing has changed
     */
    private void pass(Fingerprint ended) throws IOException {
        rotation.forgetWhatIsGone();
        rotation.pass(ended);
        release();
    }

    private void finish(OpenLog ended) throws IOException {
        Departure departure = new Departure(ended.begins(), ended.wholeUpTo());
        boolean deleted =
                ended.content().mayGrow() && Files.notExists(live) && !rotation.hasRotated(departure.begins());
        pass(departure.begins());
        metrics.rotated(origin.cluster());
        if (deleted) {
            departed = departure;
            LOG.info("{} is deleted; it was read to its end, and is closed", live);
        }
    }

    /**
     * Nothing is written to it any more: it is packed, deleted, the file of its old name is another one, and written to, or it was
     * rotated before another that was.
     */
    private boolean hasEnded(OpenLog now) throws IOException {
        if (!now.content().mayGrow()) {
            return true;
        }
        try {
            boolean another = !LogContent.fileKeyOf(live).equals(now.content().fileKey());
            namedAt = System.nanoTime();
            return another && (Files.size(live) > 0 || rotation.isFollowed(now.begins()));
        } catch (NoSuchFileException e) {
            Fingerprint begins = now.begins();
            return rotation.isFollowed(begins)
                    || (System.nanoTime() - namedAt > patience.toNanos() && !rotation.hasRotated(begins));
        }
    }

    /**
     * Whether there is neither a file of that name nor anything that it was rotated into and that was not read. A deleted file keeps
     * its disk for as long as it is open: it is closed once it had no name, and nothing was written to it, for some time.
     */
    boolean isGone() {
        return met && open == null && nothingNext && Files.notExists(live);
    }

    /** Opens what comes next; false if there is nothing. */
    private boolean openNext() throws IOException {
        Departure left = departed;
        Rotation.Found again = left == null || !left.isSure() ? null : rotation.find(left.begins(), left.offset());
        if (left != null && again != null) {
            LOG.info(
                    "what was taken for deleted is there again, as {}; read on after {} bytes",
                    again.content(),
                    left.offset());
            departed = null;
            take(again, left.offset());
            nothingNext = false;
            return true;
        }
        Rotation.Next next = rotation.next();
        if (next.found() != null) {
            take(next.found(), 0);
        }
        nothingNext = !next.any();
        return next.any();
    }

    /**
     * Meets the log for the first time: what it was rotated into before is history. Save its place before anything is read, or a
     * rotation while this process is away makes history of what is not.
     *
     * @return false if it is not there
     */
    boolean meet() throws IOException {
        if (!Files.exists(live)) {
            // What is in it when it appears is new.
            start = FilesConfig.Start.BEGINNING;
            return false;
        }
        // Opened before the others are looked at: rotated in between, it is one of them, and read all the same.
        LogContent content = LogContent.open(live);
        try {
            Rotation.Found found = new Rotation.Found(content, content.head());
            long from = start == FilesConfig.Start.END ? content.size() : 0;
            // Somebody may be in the middle of a line.
            byte[] last = {'\n'};
            boolean amidst = from > 0 && content.read(from - 1, last, 0, 1) == 1 && last[0] != '\n';
            rotation.passAll();
            take(found, from, amidst);
            met = true;
        } finally {
            if (!met) {
                content.close();
            }
        }
        return true;
    }

    /**
     * It could not be read. A packed file that stays damaged is given up for the next one after some rounds, and counted as lost;
     * for anything else there is only waiting.
     */
    void failed(IOException e) throws IOException {
        OpenLog now = open;
        if (now == null || now.content().mayGrow() || !LogContent.isHalfPacked(e)) {
            return;
        }
        if (now.damaged() >= PATIENT_ROUNDS) {
            finish(now);
            metrics.lost(origin.cluster());
            LOG.warn("{} is packed but damaged, and given up after {} bytes", now.content(), now.offset(), e);
        }
    }

    /** What was sent off is durable. If it is not, nothing is to be done: it is sent off again. */
    void acknowledged(Pending pending) {
        if (pending.oversized()) {
            pending.of().putAside(pending.bytes());
        } else {
            pending.of().acknowledged(pending.bytes());
        }
        metrics.acknowledged(origin.cluster(), pending.bytes());
    }

    /** How much of the live file is not durable yet. */
    long behind() {
        try {
            OpenLog now = open;
            return now == null ? Files.size(live) : now.behind(live);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        release();
    }
}
