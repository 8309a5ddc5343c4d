package io.patchwar.ingest.spool;

import io.patchwar.ingest.pipeline.OutRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments of a spool: written at one end, read and deleted at the other. The writer's methods are one thread's, the
 * reader's another's.
 */
final class SpoolLog {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolLog.class);

    private final SpoolDisk disk;
    private final long segmentBytes;
    private final Deque<SpoolPart> parts = new ArrayDeque<>();
    private @Nullable SpoolPart active;
    private long nextNumber = 1;
    private long writtenInGroup;

    // The reader's.
    private long readAt;
    private long handedOutTo;
    private int handedOutFrames;
    private final AtomicInteger lostFrames = new AtomicInteger();
    private final AtomicLong damagedBytes = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private SpoolLog(SpoolDisk disk, long segmentBytes) {
        this.disk = disk;
        this.segmentBytes = segmentBytes;
    }

    static SpoolLog open(SpoolDisk disk, long segmentBytes) throws IOException {
        SpoolLog log = new SpoolLog(disk, segmentBytes);
        log.recover();
        return log;
    }

    private void recover() throws IOException {
        SpoolPosition position = SpoolPosition.read(disk.readPosition());
        // A number is never used twice: what the position names as done would be taken for drained.
        nextNumber = position.segment() + 1;
        for (long number : disk.segments()) {
            nextNumber = Math.max(nextNumber, number + 1);
            if (number < position.segment()) {
                disk.delete(number);
                continue;
            }
            SpoolPart part = new SpoolPart(number, disk.open(number), Instant.EPOCH);
            long from = number == position.segment() ? position.offset() : 0;
            damagedBytes.addAndGet(part.recover(from));
            if (part.committed <= from) {
                part.segment.close();
                disk.delete(number);
                continue;
            }
            if (parts.isEmpty()) {
                readAt = from;
                handedOutTo = from;
            }
            parts.add(part);
            bytes.addAndGet(part.committed);
        }
        if (!parts.isEmpty()) {
            LOG.info("found {} bytes in the spool that wait for Kafka", bytes.get());
        }
    }

    synchronized int frames() {
        return parts.stream().mapToInt(part -> part.frames).sum();
    }

    long bytes() {
        return bytes.get();
    }

    int lostFrames() {
        return lostFrames.get();
    }

    long damagedBytes() {
        return damagedBytes.get();
    }

    synchronized @Nullable Instant oldest() {
        SpoolPart first = parts.peekFirst();
        return first == null ? null : first.first;
    }

    // ---- the writer's

    void append(ByteBuffer frame, Instant first) throws IOException {
        SpoolPart part = active;
        // A group stays in one segment, so that it can be taken back as one.
        if (part == null || ((part.condemned || part.written >= segmentBytes) && writtenInGroup == 0)) {
            part = new SpoolPart(nextNumber, disk.create(nextNumber), first);
            nextNumber++;
            active = part;
        }
        int length = frame.remaining();
        part.segment.append(frame);
        part.written += length;
        writtenInGroup++;
    }

    void commit(boolean sync) throws IOException {
        SpoolPart part = active;
        if (part == null) {
            return;
        }
        if (sync) {
            part.segment.force();
        }
        synchronized (this) {
            if (part.condemned) {
                throw new IOException("segment " + part.number + " was put aside");
            }
            bytes.addAndGet(part.written - part.committed);
            part.committed = part.written;
            part.frames += (int) writtenInGroup;
            if (parts.peekLast() != part) {
                parts.addLast(part);
            }
        }
        writtenInGroup = 0;
    }

    /** Takes back what was appended since the last commit; after an error of the disk nothing is written behind it. */
    void rollBack() {
        SpoolPart part = active;
        writtenInGroup = 0;
        active = null;
        if (part == null) {
            return;
        }
        part.written = part.committed;
        try {
            part.segment.truncate(part.committed);
            if (part.committed == 0) {
                part.segment.close();
                disk.delete(part.number);
            }
        } catch (IOException e) {
            // What stays behind the committed end is not read by this process, and cut off or doubled by the next.
            LOG.warn("cannot cut a segment of the spool back: {}", e.getMessage());
        }
    }

    /** Gives the active segment up if all is drained, so that an idle spool holds no disk. */
    void retire(boolean empty) throws IOException {
        SpoolPart part = active;
        if (!empty || part == null || writtenInGroup > 0) {
            return;
        }
        synchronized (this) {
            if (parts.peekFirst() != part || part.frames > 0) {
                return;
            }
            parts.removeFirst();
            bytes.addAndGet(-part.committed);
            readAt = 0;
            handedOutTo = 0;
        }
        active = null;
        part.segment.close();
        disk.delete(part.number);
    }

    // ---- the reader's

    List<OutRecord> next(int most) throws IOException {
        SpoolPart part = first();
        List<OutRecord> records = new ArrayList<>();
        handedOutFrames = 0;
        if (part == null) {
            return records;
        }
        long at = readAt;
        while (at < part.committed && at - readAt < most) {
            ByteBuffer head = ByteBuffer.wrap(part.segment.read(at, SpoolFrame.HEAD));
            int length = head.remaining() < SpoolFrame.HEAD ? -1 : head.getInt();
            if (length < 4 || length > SpoolFrame.LONGEST || at + SpoolFrame.HEAD + length > part.committed) {
                giveUp(part, at);
                break;
            }
            byte[] frame = part.segment.read(at, SpoolFrame.HEAD + length);
            List<OutRecord> read = SpoolFrame.isWhole(frame, 0, length) ? SpoolFrame.records(frame, 0, length) : null;
            if (read == null) {
                damagedBytes.addAndGet(frame.length);
                LOG.error("a frame of {} bytes in segment {} of the spool is damaged; it is lost", length, part.number);
            } else {
                records.addAll(read);
            }
            handedOutFrames++;
            at += frame.length;
        }
        handedOutTo = at;
        return records;
    }

    /** The first segment that is not read to its end; those before it are deleted. */
    private @Nullable SpoolPart first() throws IOException {
        while (true) {
            SpoolPart part;
            synchronized (this) {
                part = parts.peekFirst();
                if (part == null || readAt < part.committed) {
                    return part;
                }
                if (parts.size() == 1) {
                    return null;
                }
                parts.removeFirst();
                bytes.addAndGet(-part.committed);
                readAt = 0;
                handedOutTo = 0;
            }
            part.segment.close();
            disk.delete(part.number);
        }
    }

    /** Nothing can be made out from there on: what is left of the segment is put aside for people. */
    private void giveUp(SpoolPart part, long at) throws IOException {
        damagedBytes.addAndGet(part.committed - at);
        LOG.error(
                "segment {} of the spool cannot be read from byte {} on: {} bytes are lost; the file is put aside",
                part.number,
                at,
                part.committed - at);
        synchronized (this) {
            int lost = part.frames - handedOutFrames;
            lostFrames.addAndGet(lost);
            part.frames = handedOutFrames;
            bytes.addAndGet(at - part.committed);
            part.committed = at;
            part.condemned = true;
        }
        disk.setAside(part.number);
    }

    int done() {
        SpoolPart part;
        int frames = handedOutFrames;
        synchronized (this) {
            part = parts.peekFirst();
            if (part == null || frames == 0) {
                return 0;
            }
            readAt = handedOutTo;
            part.frames -= frames;
            handedOutFrames = 0;
        }
        try {
            disk.writePosition(new SpoolPosition(part.number, readAt).bytes());
        } catch (IOException e) {
            // A disk that is full must still be emptied: without the position, some is sent twice after a crash.
            LOG.warn("cannot write down how far the spool is drained: {}", e.getMessage());
        }
        return frames;
    }

    synchronized void close() throws IOException {
        for (SpoolPart part : parts) {
            part.segment.close();
        }
        if (active != null && !parts.contains(active)) {
            active.segment.close();
        }
    }
}
