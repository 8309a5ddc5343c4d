package io.patchwar.ingest.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How a log begins, unpacked: whatever it is renamed, copied or packed to, it is known again. Its first line holds an audit ID
 * and stamps, so that no two logs begin alike.
 *
 * @param length how many of the first bytes, {@link #LONGEST} at most
 * @param digest of them
 */
record Fingerprint(int length, String digest) {
    static final int LONGEST = 1024;

    /** Of the first bytes of a log, as many as there are. */
    static Fingerprint of(byte[] head, int length) {
        int taken = Math.min(length, LONGEST);
        return new Fingerprint(taken, digest(head, taken));
    }

    /** Whether a log with this head may be the one; never if less is known of it than that. */
    boolean matches(byte[] head) {
        return head.length >= length && length > 0 && digest(head, length).equals(digest);
    }

    private static String digest(byte[] head, int length) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(head, 0, length);
            return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
