package io.patchwar.model.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time. A pattern is one byte, eight times over; what is found is told by the high bit of the byte
 * where it stands, of which the lowest is right and those above it may not be.
 */
public final class EightBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;

    /** From the highest byte down: the place of each. */
    private static final long PLACES = 0x0001020304050607L;

    /** Whether the JVM was told to do without its second compiler: the first knows no instruction that counts zeros. */
    private static final boolean QUICK = System.getProperty("java.vm.info", "").contains("emulated-client");

    private EightBytes() {}

    /** The bytes {@code b[i, i + 8)}, the first lowest. */
    public static long at(byte[] b, int i) {
        return (long) LONGS.get(b, i);
    }

    /** That byte, eight times. */
    public static long pattern(char ascii) {
        return ONES * ascii;
    }

    /** Where the bytes are zero. */
    public static long zeros(long bytes) {
        return (bytes - ONES) & ~bytes & HIGHS;
    }

    /** Index, from 0 to 7, of the lowest byte that was found. */
    public static int first(long found) {
        return QUICK ? multiplied(found) : counted(found);
    }

    static int counted(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }

    /** The lowest bit that is set moves its byte's place to the highest byte. */
    static int multiplied(long found) {
        long lowest = (found & -found) >>> 7;
        return (int) ((lowest * PLACES) >>> 56);
    }
}
