package io.patchwar.ingest.spool;

import java.nio.file.Path;

/**
 * How a spool is kept.
 *
 * @param folder that no other process uses
 * @param capacity bytes on disk, packed
 * @param sync whether an acknowledgement waits until the disk has it (survives a loss of power), or only the system (survives
 *     the end of this process, kill -9 too)
 */
public record SpoolConfig(Path folder, long capacity, boolean sync) {
    private static final long MOST_IN_SEGMENT = 64 << 20;

    /** Where a segment ends: the disk is given back segment by segment. */
    long segmentBytes() {
        return Math.max(64 << 10, Math.min(MOST_IN_SEGMENT, capacity / 8));
    }
}
