package io.patchwar.watch.live;

import io.patchwar.model.state.CorruptStateException;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A value of the memory: a version, a content that is packed where it is large, and a checksum over both, so that whatever
 * is damaged is refused and nothing is read that another version wrote. Stateless.
 */
final class Sealed {
    private static final int VERSION = 1;
    private static final int PLAIN = 0;
    private static final int PACKED = 1;
    private static final int HEAD = 2;
    private static final int CHECKSUM = 4;

    /** Below this packing costs more than it saves: the changelog is packed as a whole anyway. */
    static final int PACK_FROM = 32 << 10;

    private static final int MOST_UNPACKED = 64 << 20;

    private Sealed() {}

    static byte[] seal(StateWriter content) {
        byte[] plain = content.toBytes();
        if (plain.length >= PACK_FROM) {
            byte[] packed = pack(plain);
            if (packed.length < plain.length) {
                return sealed(PACKED, packed);
            }
        }
        return sealed(PLAIN, plain);
    }

    private static byte[] sealed(int form, byte[] content) {
        byte[] value = new byte[HEAD + content.length + CHECKSUM];
        value[0] = VERSION;
        value[1] = (byte) form;
        System.arraycopy(content, 0, value, HEAD, content.length);
        int checksum = checksum(value);
        for (int i = 0; i < CHECKSUM; i++) {
            value[value.length - 1 - i] = (byte) (checksum >>> (8 * i));
        }
        return value;
    }

    static StateReader open(byte[] value) {
        if (value.length > 0 && value[0] != VERSION) {
            throw new CorruptStateException(
                    "state of version " + value[0] + ", and this program knows version " + VERSION
                            + ": run the program that wrote it, or delete the state and let it be built anew from the topic");
        }
        if (value.length < HEAD + CHECKSUM || checksum(value) != storedChecksum(value)) {
            throw new CorruptStateException("damaged state (" + value.length
                    + " bytes whose checksum is wrong): delete the state and let it be built anew");
        }
        int end = value.length - CHECKSUM;
        return switch (value[1]) {
            case PLAIN -> new StateReader(value, HEAD, end);
            case PACKED -> new StateReader(unpack(value, HEAD, end));
            default -> throw new CorruptStateException("no form " + value[1]);
        };
    }

    /** For a look at the first few members alone: checks nothing that need not be read for it. */
    static StateReader glance(byte[] value) {
        boolean plain = value.length > HEAD + CHECKSUM && value[0] == VERSION && value[1] == PLAIN;
        return plain ? new StateReader(value, HEAD, value.length - CHECKSUM) : open(value);
    }

    private static int checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value, 0, value.length - CHECKSUM);
        return (int) checksum.getValue();
    }

    private static int storedChecksum(byte[] value) {
        int checksum = 0;
        for (int i = value.length - CHECKSUM; i < value.length; i++) {
            checksum = checksum << 8 | (value[i] & 0xff);
        }
        return checksum;
    }

    private static byte[] pack(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] packed = new byte[plain.length];
            int length = deflater.deflate(packed);
            return deflater.finished() ? Arrays.copyOf(packed, length) : plain;
        } finally {
            deflater.end();
        }
    }

    private static byte[] unpack(byte[] value, int from, int to) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(value, from, to - from);
            byte[] plain = new byte[Math.min(MOST_UNPACKED, 8 * (to - from))];
            int length = 0;
            while (!inflater.finished()) {
                if (length == plain.length) {
                    if (length >= MOST_UNPACKED) {
                        throw new CorruptStateException("more than " + MOST_UNPACKED + " bytes in one value");
                    }
                    plain = Arrays.copyOf(plain, Math.min(MOST_UNPACKED, length * 2));
                }
                int more = inflater.inflate(plain, length, plain.length - length);
                if (more == 0 && !inflater.finished()) {
                    throw new CorruptStateException("cut off");
                }
                length += more;
            }
            return Arrays.copyOf(plain, length);
        } catch (DataFormatException e) {
            throw new CorruptStateException("not packed as it says: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
