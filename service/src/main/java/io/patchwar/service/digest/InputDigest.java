package io.patchwar.service.digest;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in dead letters in place of an input, of whichever service: HMAC-SHA-256 under the digest key, of which 128 bits are
 * shown as {@code digest:} and 32 hexadecimal digits. Under one key, equal digests are equal inputs. Thread-safe.
 */
public final class InputDigest {
    /** What every digest begins with. */
    public static final String PREFIX = "digest:";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN = 16;

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

    private InputDigest(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Under a key that is not empty; it is copied. */
    public static InputDigest under(byte[] key) {
        return new InputDigest(key);
    }

    /** The digest of a document's bytes, as they came in. */
    public String of(byte[] b, int from, int to) {
        return of((byte) 'b', b, from, to);
    }

    /**
     * The digest of bytes that are something else than a document, and never are digested as one.
     *
     * @param kind of what; not {@code b}
     */
    public String of(byte kind, byte[] b, int from, int to) {
        Mac mac = macs.get();
        mac.update(kind);
        mac.update(b, from, to - from);
        return PREFIX + HexFormat.of().formatHex(mac.doFinal(), 0, SHOWN);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
