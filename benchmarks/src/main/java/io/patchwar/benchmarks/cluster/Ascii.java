package io.patchwar.benchmarks.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Small values as the bytes that stand in the log. */
final class Ascii {
    private static final byte[] HEX = of("0123456789abcdef");
    /** Pod names avoid vowels and look-alikes; so does Kubernetes. */
    private static final byte[] SUFFIX = of("bcdfghjklmnpqrstvwxz2456789");

    private Ascii() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] of(long number) {
        return of(Long.toString(number));
    }

    /** A version 4 UUID. */
    static byte[] uuid(Dice dice) {
        byte[] bytes = hex(dice, 36);
        bytes[8] = '-';
        bytes[13] = '-';
        bytes[14] = '4';
        bytes[18] = '-';
        bytes[19] = HEX[8 + (bytes[19] & 3)];
        bytes[23] = '-';
        return bytes;
    }

    static byte[] hex(Dice dice, int length) {
        byte[] bytes = new byte[length];
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits = (i & 15) == 0 ? dice.next() : bits >>> 4;
            bytes[i] = HEX[(int) (bits & 15)];
        }
        return bytes;
    }

    static byte[] suffix(Dice dice, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = SUFFIX[dice.below(SUFFIX.length)];
        }
        return bytes;
    }

    /** RFC 3339 with whole seconds, as objects carry it. */
    static byte[] second(long micros) {
        return of(Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(micros)).toString());
    }
}
