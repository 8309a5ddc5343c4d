package io.patchwar.ingest.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The files of a spool, by number. A seam: tests put a disk here that is full, or broken. */
interface SpoolDisk {
    /** Numbers of the segments there are, in order. */
    List<Long> segments() throws IOException;

    /** Begins a segment. */
    Segment create(long number) throws IOException;

    /** Opens a segment that is there. */
    Segment open(long number) throws IOException;

    void delete(long number) throws IOException;

    /** Puts a segment that cannot be read aside, where nothing deletes it. */
    void setAside(long number) throws IOException;

    /** What {@link #writePosition} wrote last; empty if it never did. */
    byte[] readPosition() throws IOException;

    void writePosition(byte[] position) throws IOException;

    /** One file. One thread writes while another may read what is written. */
    interface Segment extends AutoCloseable {
        long size() throws IOException;

        /** Writes all of it at the end, or throws and may have written a part. */
        void append(ByteBuffer bytes) throws IOException;

        /** Returns when what was written survives a loss of power. */
        void force() throws IOException;

        void truncate(long size) throws IOException;

        /** Reads up to that many bytes; less only at the end. */
        byte[] read(long at, int most) throws IOException;

        @Override
        void close() throws IOException;
    }
}
