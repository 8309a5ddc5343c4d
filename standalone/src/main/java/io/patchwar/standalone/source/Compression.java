package io.patchwar.standalone.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** How a log is packed, recognised by how it begins and never by its name. */
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 1 << 16;

    /** How many bytes {@link #of} looks at. */
    static final int MAGIC = 4;

    static Compression of(byte[] head, int n) {
        if (n >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            return GZIP;
        }
        if (n < MAGIC) {
            return NONE;
        }
        int magic = (head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16 | (head[3] & 0xff) << 24;
        // RFC 8878: a frame, or a frame to skip, which pzstd begins with.
        return magic == 0xFD2FB528 || (magic & 0xFFFFFFF0) == 0x184D2A50 ? ZSTD : NONE;
    }

    /** Unpacks the stream if it is packed; several members or frames in it are one log. */
    static InputStream unpack(InputStream packed) throws IOException {
        BufferedInputStream in = new BufferedInputStream(packed, BUFFER);
        in.mark(MAGIC);
        byte[] head = new byte[MAGIC];
        int n = in.readNBytes(head, 0, MAGIC);
        in.reset();
        return switch (of(head, n)) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(new Members(in), BUFFER);
            case ZSTD -> new ZstdInputStream(in);
        };
    }

    /**
     * Says truly whether anything follows. The JDK's reader goes on with the next member only if there are bytes available,
     * and a pipe whose writer is slow has none.
     */
    private static final class Members extends FilterInputStream {
        Members(InputStream in) {
            super(new PushbackInputStream(in, 1));
        }

        @Override
        public int available() throws IOException {
            int available = in.available();
            if (available > 0) {
                return available;
            }
            int next = in.read();
            if (next < 0) {
                return 0;
            }
            ((PushbackInputStream) in).unread(next);
            return 1;
        }
    }
}
