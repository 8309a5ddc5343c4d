package io.patchwar.ingest.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How far a spool is drained: everything before that byte of that segment is safe elsewhere. On disk 20 bytes, the last four a
 * CRC-32C of the others.
 *
 * @param segment its number; 0 before the first
 */
record SpoolPosition(long segment, long offset) {
    private static final int LENGTH = 20;
    private static final SpoolPosition BEGINNING = new SpoolPosition(0, 0);

    /** What was written down; the beginning if it is damaged, so that some is sent twice and nothing is left out. */
    static SpoolPosition read(byte[] b) {
        if (b.length == LENGTH) {
            ByteBuffer buffer = ByteBuffer.wrap(b);
            if (crc(b) == buffer.getInt(16)) {
                return new SpoolPosition(buffer.getLong(0), buffer.getLong(8));
            }
        }
        return BEGINNING;
    }

    byte[] bytes() {
        byte[] b = new byte[LENGTH];
        ByteBuffer.wrap(b).putLong(segment).putLong(offset).putInt(16, crc(b));
        return b;
    }

    private static int crc(byte[] b) {
        CRC32C crc = new CRC32C();
        crc.update(b, 0, 16);
        return (int) crc.getValue();
    }
}
