package io.patchwar.ingest.spool;

import io.patchwar.ingest.pipeline.OutRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A segment of a spool, and how much of it is committed. What the reader sees is volatile; the rest is the writer's. */
final class SpoolPart {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolPart.class);

    final long number;
    final SpoolDisk.Segment segment;

    /** When its first record came in. */
    volatile Instant first;

    volatile long committed;
    volatile int frames;
    /** It cannot be read any more, and so nothing is written to it. */
    volatile boolean condemned;

    long written;

    SpoolPart(long number, SpoolDisk.Segment segment, Instant first) {
        this.number = number;
        this.segment = segment;
        this.first = first;
    }

    /**
     * Finds how far it holds whole frames; what is torn off at its end was never acknowledged, and is cut off.
     *
     * @param from what is before was drained
     * @return how many bytes were cut off
     */
    long recover(long from) throws IOException {
        long size = segment.size();
        long at = from <= size ? from : 0;
        int whole = frames;
        while (at + SpoolFrame.HEAD <= size) {
            ByteBuffer head = ByteBuffer.wrap(segment.read(at, SpoolFrame.HEAD));
            int length = head.getInt();
            if (length < 4 || length > SpoolFrame.LONGEST || at + SpoolFrame.HEAD + length > size) {
                break;
            }
            byte[] frame = segment.read(at, SpoolFrame.HEAD + length);
            boolean last = at + frame.length == size;
            if (!SpoolFrame.isWhole(frame, 0, length) && last) {
                break;
            }
            if (first.equals(Instant.EPOCH)) {
                List<OutRecord> records = SpoolFrame.records(frame, 0, length);
                first = records == null || records.isEmpty()
                        ? Instant.EPOCH
                        : records.get(0).time();
            }
            whole++;
            at += frame.length;
        }
        frames = whole;
        committed = at;
        written = at;
        if (at < size) {
            LOG.warn(
                    "segment {} of the spool ends in {} bytes that are no whole frame: cut off, as a write that did not end",
                    number,
                    size - at);
            segment.truncate(at);
        }
        return Math.max(0, size - at);
    }
}
