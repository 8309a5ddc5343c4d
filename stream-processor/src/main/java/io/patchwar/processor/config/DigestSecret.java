package io.patchwar.processor.config;

import io.patchwar.fields.DigestKey;
import io.patchwar.service.digest.InputDigest;
import io.patchwar.service.digest.KeyFile;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The secret under which values are told apart and Secrets' values are digested. All instances need the same one, for as long as
 * there is state: what was remembered under another compares with nothing. Never shown.
 */
public final class DigestSecret {
    private static final String HOW =
            KeyFile.HOW + " (all instances share it, and it must stay the same for as long as there is state)";

    private final byte[] bytes;

    private DigestSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret that is at hand, at least 16 bytes. */
    public static DigestSecret of(byte[] bytes) {
        if (bytes.length < KeyFile.SHORTEST) {
            throw new IllegalArgumentException("a digest secret has at least " + KeyFile.SHORTEST + " bytes");
        }
        return new DigestSecret(bytes.clone());
    }

    /** Reads the file that the key {@code digestKeyFile} names; what is wrong with it is noted there. */
    static DigestSecret read(YamlSection file) {
        if (!file.has("digestKeyFile")) {
            file.problem("digestKeyFile", "is missing; " + HOW);
            return new DigestSecret(new byte[KeyFile.SHORTEST]);
        }
        try {
            return new DigestSecret(KeyFile.read(Path.of(file.text("digestKeyFile", "digest.key"))));
        } catch (IOException e) {
            file.problem("digestKeyFile", String.valueOf(e.getMessage()));
            return new DigestSecret(new byte[KeyFile.SHORTEST]);
        }
    }

    /** A key of this secret, for one thread. */
    public DigestKey key() {
        return DigestKey.of(bytes);
    }

    /** A keyed digest of bytes that must not be shown; ingest's of the same is the same under the same key. */
    public String digest(byte[] data) {
        return InputDigest.under(bytes).of(data, 0, data.length);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
