package io.patchwar.ingest.files;

import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one log: the file of that name, and what it is rotated into, in the order in which they were written. A file is told by
 * how it begins, so that renamed, copied and packed it is known again. At most one batch is under way; the place moves only when
 * that is durable. One thread.
 */
final class LogTail implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    /** Of a line that is too long, so much goes to the dead letters. */
    private static final int SHOWN_OF_OVERSIZED = 64 << 10;

    /** A file that is being packed is whole soon. */
    private static final int PATIENT_ROUNDS = 60;

    /** Files that end, one after the other, are passed in one go; a bound, should a directory change under us forever. */
    private static final int MOST_TURNS = 10_000;

    private final Path live;
    private final Origin origin;
    private final Pipeline pipeline;
    private final FilesMetrics metrics;
    private final Siblings siblings;
    private final LineBuffer buffer;
    private final FilesConfig.Start start;

    private @Nullable LogContent content;
    private byte[] head = new byte[0];
    private long offset;
    private boolean skipping;
    private boolean endSeen;
    private Set<Fingerprint> done = new LinkedHashSet<>();
    private boolean met;
    private int damagedRounds;

    /** A batch that is under way. */
    record Pending(LogTail tail, CompletableFuture<Void> durable, int bytes, boolean oversized) {}

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
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.siblings = new Siblings(live);
        this.buffer = new LineBuffer(config.batch(), config.longestLine());
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
        Fingerprint begins = head.length == 0 ? null : Fingerprint.of(head, head.length);
        return new Place(
                content == null ? "" : content.fileKey(), begins, begins == null ? 0 : offset, List.copyOf(done));
    }

    /** Goes on where an earlier process was. */
    void resume(Place place) throws IOException {
        met = true;
        done = new LinkedHashSet<>(place.done());
        Fingerprint begins = place.current();
        if (begins == null) {
            return;
        }
        LogContent found = find(begins, place.offset());
        if (found != null) {
            take(found, place.offset());
            return;
        }
        metrics.lost(origin.cluster());
        LOG.warn(
                "{} was read up to {} and is gone, by its own name and by every name it may have been rotated to; what came after is not"
                        + " read. Keep more rotated files, or stop ingest for a shorter time",
                live,
                place.offset());
        done.add(begins);
    }

    /** The file that begins so, if it is as long as was read. */
    private @Nullable LogContent find(Fingerprint begins, long least) throws IOException {
        LogContent found = openIf(live, begins, least);
        if (found != null) {
            return found;
        }
        List<Siblings.Sibling> all = siblings.list();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (begins.matches(all.get(i).head())) {
                found = openIf(all.get(i).path(), begins, least);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable LogContent openIf(Path path, Fingerprint begins, long least) throws IOException {
        LogContent opened;
        try {
            opened = LogContent.open(path);
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean right = false;
        try {
            right = begins.matches(opened.head()) && (least == 0 || opened.read(least - 1, new byte[1], 0, 1) == 1);
            return right ? opened : null;
        } catch (IOException e) {
            if (LogContent.isHalfPacked(e)) {
                // It is being packed; the plain one is still there.
                return null;
            }
            throw e;
        } finally {
            if (!right) {
                opened.close();
            }
        }
    }

    private void take(LogContent next, long from) throws IOException {
        release();
        damagedRounds = 0;
        content = next;
        head = next.head();
        offset = from;
        buffer.restart(from);
        skipping = false;
        endSeen = false;
    }

    /** Opens it, if it still is what it was when it was listed: names are shifted at any moment. */
    private boolean takeSibling(Siblings.Sibling sibling, long from) throws IOException {
        LogContent opened = openIf(sibling.path(), sibling.print(), 0);
        if (opened != null) {
            take(opened, from);
        }
        return opened != null;
    }

    private void release() throws IOException {
        LogContent old = content;
        content = null;
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
            LogContent open = content;
            if (open == null) {
                if (!openNext()) {
                    return null;
                }
                continue;
            }
            if (isAnother(open)) {
                takeRestOfTruncated();
                continue;
            }
            int got = buffer.fill(open);
            // It may have been emptied while it was read: then what was read is of neither file.
            if (isAnother(open)) {
                takeRestOfTruncated();
                continue;
            }
            if (skipping && !hasPassedLine() && got > 0) {
                continue;
            }
            int end = buffer.wholeLines();
            if (end > 0) {
                return send(end);
            }
            if (buffer.isFull() && buffer.filled() > 0) {
                if (!buffer.grow()) {
                    return sendOversized();
                }
                continue;
            }
            if (got > 0) {
                continue;
            }
            if (!hasEnded(open)) {
                endSeen = false;
                pipeline.heard(origin);
                return null;
            }
            if (!endSeen) {
                // It ended after it was read: once more, for what was written in between.
                endSeen = true;
                continue;
            }
            if (buffer.filled() > 0) {
                return send(buffer.filled());
            }
            finish();
        }
        return null;
    }

    /** Whether the open file is not the one any more that was begun: emptied, and perhaps written again. */
    private boolean isAnother(LogContent open) throws IOException {
        if (!open.mayGrow()) {
            return false;
        }
        byte[] now = open.head();
        if (now.length < head.length || !Arrays.equals(now, 0, head.length, head, 0, head.length)) {
            return true;
        }
        head = now;
        return false;
    }

    /** What was written before it was emptied and not read yet stands in a copy, if there is one. */
    private void takeRestOfTruncated() throws IOException {
        metrics.truncated(origin.cluster());
        Fingerprint begins = Fingerprint.of(head, head.length);
        release();
        List<Siblings.Sibling> all = siblings.list();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (begins.matches(all.get(i).head()) && takeSibling(all.get(i), offset)) {
                return;
            }
        }
        LOG.warn(
                "{} was emptied after {} bytes were read, and there is no copy: what was written in between is lost",
                live,
                offset);
        begin(begins);
    }

    /** The file that begins so is done with; what comes next begins at its beginning. */
    private void begin(Fingerprint ended) throws IOException {
        release();
        List<Siblings.Sibling> all = siblings.list();
        Set<Fingerprint> present = all.stream().map(Siblings.Sibling::print).collect(Collectors.toSet());
        done.removeIf(print -> !present.contains(print)
                && (print.length() == Fingerprint.LONGEST
                        || all.stream().noneMatch(sibling -> print.matches(sibling.head()))));
        done.add(ended);
        head = new byte[0];
        offset = 0;
        buffer.restart(0);
        skipping = false;
        endSeen = false;
    }

    private void finish() throws IOException {
        metrics.rotated(origin.cluster());
        begin(Fingerprint.of(head, head.length));
    }

    /** Nothing is written to it any more: it is packed, or the file of its old name is another one, and written to. */
    private boolean hasEnded(LogContent open) throws IOException {
        if (!open.mayGrow()) {
            return true;
        }
        try {
            return !LogContent.fileKeyOf(live).equals(open.fileKey()) && Files.size(live) > 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Opens the oldest rotated file that was not read yet, else the live one; false if there is none. */
    private boolean openNext() throws IOException {
        List<Siblings.Sibling> all = siblings.list();
        byte[] liveHead = liveHead();
        for (Siblings.Sibling sibling : all) {
            if (!isDone(sibling) && !isCopyOf(liveHead, sibling.head())) {
                // If it is gone from there, the next turn looks again.
                takeSibling(sibling, 0);
                return true;
            }
        }
        if (liveHead.length == 0) {
            return false;
        }
        take(LogContent.open(live), 0);
        return true;
    }

    /** Nearly always both prints are of equal length, and nothing is to be digested. */
    private boolean isDone(Siblings.Sibling sibling) {
        return done.contains(sibling.print())
                || done.stream()
                        .anyMatch(print -> print.length() < sibling.head().length && print.matches(sibling.head()));
    }

    /**
     * Meets the log for the first time: what it was rotated into before is history. Save its place before anything is read, or a
     * rotation while this process is away makes history of what is not.
     *
     * @return false if it is not there
     */
    boolean meet() throws IOException {
        if (!Files.exists(live)) {
            return false;
        }
        met = true;
        siblings.list().forEach(sibling -> done.add(sibling.print()));
        take(LogContent.open(live), 0);
        if (start == FilesConfig.Start.END) {
            offset = Files.size(live);
            buffer.restart(offset);
            // Somebody may be in the middle of a line.
            skipping = offset > 0;
        }
        return true;
    }

    private byte[] liveHead() throws IOException {
        try (LogContent opened = LogContent.open(live)) {
            return opened.head();
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** copytruncate has begun to copy, and has not emptied the live one yet. */
    private static boolean isCopyOf(byte[] liveHead, byte[] copy) {
        return copy.length <= liveHead.length && Arrays.equals(liveHead, 0, copy.length, copy, 0, copy.length);
    }

    /** Passes over the rest of a line; true once its end is found. */
    private boolean hasPassedLine() {
        int end = buffer.firstLineEnd();
        if (end == 0) {
            buffer.consume(buffer.filled());
            return false;
        }
        buffer.consume(end);
        offset = buffer.base();
        skipping = false;
        return true;
    }

    private Pending send(int end) {
        try (Batch batch = pipeline.begin(origin)) {
            byte[] b = buffer.bytes();
            int from = 0;
            while (from < end) {
                int to = from;
                while (to < end && b[to] != '\n') {
                    to++;
                }
                if (to > from) {
                    batch.feed(b, from, to, buffer.base() + from);
                }
                from = to + 1;
            }
            return new Pending(this, batch.commit(), end, false);
        }
    }

    private Pending sendOversized() {
        metrics.oversized(origin.cluster());
        try (Batch batch = pipeline.begin(origin)) {
            batch.feed(buffer.bytes(), 0, Math.min(SHOWN_OF_OVERSIZED, buffer.filled()), buffer.base());
            return new Pending(this, batch.commit(), buffer.filled(), true);
        }
    }

    /**
     * It could not be read. A packed file that stays damaged is given up for the next one after some rounds, and counted as lost;
     * for anything else there is only waiting.
     */
    void failed(IOException e) throws IOException {
        LogContent open = content;
        if (open == null || open.mayGrow() || !LogContent.isHalfPacked(e)) {
            return;
        }
        if (++damagedRounds >= PATIENT_ROUNDS) {
            metrics.lost(origin.cluster());
            LOG.warn("{} is packed but damaged, and given up after {} bytes: {}", open, offset, e.toString());
            finish();
        }
    }

    /** What was sent off is durable. If it is not, nothing is to be done: it is sent off again. */
    void acknowledged(Pending pending) {
        buffer.consume(pending.bytes());
        if (pending.oversized()) {
            // The place stays before the line until its end is found, so that no other process begins in its middle.
            skipping = true;
        } else {
            offset = buffer.base();
        }
        metrics.acknowledged(origin.cluster(), pending.bytes());
    }

    /** How much of the live file is not durable yet. */
    long behind() {
        try {
            LogContent open = content;
            long size = Files.size(live);
            return open != null && LogContent.fileKeyOf(live).equals(open.fileKey())
                    ? Math.max(0, size - offset)
                    : size;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        release();
    }
}
