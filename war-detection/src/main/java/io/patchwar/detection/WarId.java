package io.patchwar.detection;

import io.patchwar.model.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names that stay: made of what a war was when it opened, the same wherever and however often it is found. */
public final class WarId {
    private static final int BYTES = 8;

    private WarId() {}

    static String of(ObjectRef object, String field, String auditID) {
        return hash(
                object.cluster(), object.group(), object.resource(), object.namespace(), object.name(), field, auditID);
    }

    /** Sixteen hexadecimal digits for these parts in this order. */
    public static String hash(String... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                sha256.update(part.getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
