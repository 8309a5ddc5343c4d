package io.patchwar.processor.config;

import io.patchwar.fields.DigestKey;
import io.patchwar.service.digest.InputDigest;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The secret under which values are told apart and Secrets' values are digested. All instances need the same one, for as long as
 * there is state: what was remembered under another compares with nothing. Never shown.
 */
public final class DigestSecret {
    private static final int LEAST = 16;
    private static final int MOST = 4_096;
    private static final String HOW = "make one with: head -c 32 /dev/urandom | base64 > digest.key"
            + " (all instances share it, and it must stay the same for as long as there is state)";

    private final byte[] bytes;

    private DigestSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret that is at hand, at least 16 bytes. */
    public static DigestSecret of(byte[] bytes) {
        if (bytes.length < LEAST) {
            throw new IllegalArgumentException("a digest secret has at least " + LEAST + " bytes");
        }
        return new DigestSecret(bytes.clone());
    }

    /** Reads the file that the key {@code digestKeyFile} names; what is wrong with it is noted there. */
    static DigestSecret read(YamlSection file) {
        if (!file.has("digestKeyFile")) {
            file.problem("digestKeyFile", "is missing; " + HOW);
            return new DigestSecret(new byte[LEAST]);
        }
        Path path = Path.of(file.text("digestKeyFile", "digest.key"));
        try {
            if (Files.size(path) > MOST) {
                file.problem("digestKeyFile", path + " has more than " + MOST + " bytes, which is no key; " + HOW);
                return new DigestSecret(new byte[LEAST]);
            }
            byte[] bytes = trimmed(Files.readAllBytes(path));
            if (bytes.length >= LEAST) {
                return new DigestSecret(bytes);
            }
            file.problem(
                    "digestKeyFile",
                    path + " holds " + bytes.length + " bytes, at least " + LEAST + " are needed; " + HOW);
        } catch (IOException e) {
            file.problem(
                    "digestKeyFile", "cannot read " + path + ": " + e.getClass().getSimpleName() + "; " + HOW);
        }
        return new DigestSecret(new byte[LEAST]);
    }

    /** Without the line end that an editor or a shell leaves behind it. */
    private static byte[] trimmed(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
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
