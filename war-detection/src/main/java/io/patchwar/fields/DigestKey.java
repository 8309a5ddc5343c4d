package io.patchwar.fields;

import io.patchwar.model.json.EightBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key under which values are digested (HMAC-SHA-256, cut to 64 bits): who has only the digests cannot try out
 * values. Digests of two keys do not compare. One thread.
 */
public final class DigestKey {
    private final byte[] key;
    private final long seed;
    private final long factor;

    /** Made for the first digest: most threads never see a value that must not be shown. */
    private @Nullable Mac mac;

    private DigestKey(byte[] key) {
        this.key = key;
        this.seed = digest("seed");
        this.factor = digest("factor") | 1;
    }

    private DigestKey(DigestKey same) {
        this.key = same.key;
        this.seed = same.seed;
        this.factor = same.factor;
    }

    /** A key that nobody knows and that ends with this process. */
    public static DigestKey random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new DigestKey(key);
    }

    /** A key that is kept elsewhere, at least 16 bytes. */
    public static DigestKey of(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a digest key has at least 16 bytes, this one has " + key.length);
        }
        return new DigestKey(key.clone());
    }

    /** The same key, for another thread. */
    public DigestKey copy() {
        return new DigestKey(this);
    }

    /** Tells keys apart, and nothing of the key: what was digested under one means nothing under another. */
    public long fingerprint() {
        return digest("fingerprint");
    }

    /**
     * A hash of bytes, eight at a time, to tell values apart by where they may be shown anyway: nothing can be tried out against it
     * that is not known. Seed and factor are secret, so that nobody can make two values that share it.
     */
    long hash(byte[] b, int from, int to) {
        long h = seed + to - from;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            h = fold(h ^ EightBytes.at(b, i));
        }
        long rest = 0;
        for (; i < to; i++) {
            rest = rest << Byte.SIZE | (b[i] & 0xff);
        }
        return join(h, rest);
    }

    /** One hash of two, in that order. */
    long join(long first, long second) {
        return fold(fold(first ^ second) ^ seed);
    }

    private long fold(long h) {
        return h * factor ^ Math.multiplyHigh(h, factor);
    }

    /** The keyed digest: for what must not be shown. */
    long digest(String text) {
        byte[] hash = mac().doFinal(text.getBytes(StandardCharsets.UTF_8));
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | (hash[i] & 0xff);
        }
        return value;
    }

    private Mac mac() {
        Mac made = mac;
        if (made == null) {
            try {
                made = Mac.getInstance("HmacSHA256");
                made.init(new SecretKeySpec(key, "HmacSHA256"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
            mac = made;
        }
        return made;
    }
}
