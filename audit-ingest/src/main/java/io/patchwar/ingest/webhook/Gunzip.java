package io.patchwar.ingest.webhook;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks gzip while it streams in, members one after the other (RFC 1952). One thread; {@link #close} frees native memory. */
final class Gunzip implements AutoCloseable {
    /** Takes a piece of what was packed. */
    interface Plain {
        void piece(ByteBuffer plain) throws TooLargeException;
    }

    private static final int FIXED = 10;
    private static final int TRAILER = 8;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DATA,
        TRAILER
    }

    private final Plain plain;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] out = new byte[32 << 10];
    private Part part = Part.FIXED;
    private int flags;
    private int counted;
    private long word;
    private boolean whole = true;

    Gunzip(Plain plain) {
        this.plain = plain;
    }

    /** More of the packed bytes. */
    void add(ByteBuffer packed) throws DataFormatException, TooLargeException {
        while (packed.hasRemaining()) {
            if (part == Part.DATA) {
                inflate(packed);
            } else {
                whole = false;
                header(packed.get() & 0xff);
            }
        }
    }

    /** Whether what came so far ends where a member does. */
    boolean isWhole() {
        return whole;
    }

    private void header(int c) throws DataFormatException {
        switch (part) {
            case FIXED -> {
                if ((counted == 0 && c != 0x1f) || (counted == 1 && c != 0x8b) || (counted == 2 && c != 8)) {
                    throw new DataFormatException("not gzip");
                }
                flags = counted == 3 ? c : flags;
                if (++counted == FIXED) {
                    enter(Part.EXTRA_LENGTH);
                }
            }
            case EXTRA_LENGTH -> {
                word |= (long) c << (8 * counted);
                if (++counted == 2) {
                    long length = word;
                    enter(length == 0 ? Part.NAME : Part.EXTRA);
                    word = length;
                }
            }
            case EXTRA -> {
                if (++counted == word) {
                    enter(Part.NAME);
                }
            }
            case NAME -> {
                if (c == 0) {
                    enter(Part.COMMENT);
                }
            }
            case COMMENT -> {
                if (c == 0) {
                    enter(Part.HEADER_CRC);
                }
            }
            case HEADER_CRC -> {
                if (++counted == 2) {
                    enter(Part.DATA);
                }
            }
            case TRAILER -> {
                word |= counted < 4 ? (long) c << (8 * counted) : 0;
                if (++counted == TRAILER) {
                    if (word != crc.getValue()) {
                        throw new DataFormatException("the checksum is wrong");
                    }
                    whole = true;
                    crc.reset();
                    inflater.reset();
                    enter(Part.FIXED);
                }
            }
            case DATA -> throw new IllegalStateException("data is inflated");
        }
    }

    /** Goes on with that part, or with the first behind it that this member has. */
    private void enter(Part wanted) {
        counted = 0;
        word = 0;
        part = wanted;
        if (part == Part.EXTRA_LENGTH && (flags & HAS_EXTRA) == 0) {
            part = Part.NAME;
        }
        if (part == Part.NAME && (flags & HAS_NAME) == 0) {
            part = Part.COMMENT;
        }
        if (part == Part.COMMENT && (flags & HAS_COMMENT) == 0) {
            part = Part.HEADER_CRC;
        }
        if (part == Part.HEADER_CRC && (flags & HAS_CRC) == 0) {
            part = Part.DATA;
        }
    }

    private void inflate(ByteBuffer packed) throws DataFormatException, TooLargeException {
        inflater.setInput(packed);
        while (true) {
            int n = inflater.inflate(out);
            if (n > 0) {
                crc.update(out, 0, n);
                plain.piece(ByteBuffer.wrap(out, 0, n));
            } else if (inflater.finished()) {
                enter(Part.TRAILER);
                return;
            } else if (inflater.needsInput()) {
                return;
            } else {
                throw new DataFormatException("a dictionary is asked for");
            }
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
