package io.patchwar.ingest.redact;

import io.patchwar.service.digest.InputDigest;
import io.patchwar.service.digest.KeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The key under which what must not travel is digested: HMAC-SHA-256, of which 128 bits are shown as {@code digest:} and 32 hexadecimal
 * digits. Who has only digests cannot try out values. All instances that feed one Kafka must share it, or each would see the
 * others change every Secret. Thread-safe.
 */
public final class RedactionKey {
    /** What every digest begins with. */
    public static final String PREFIX = InputDigest.PREFIX;

    /** How to make one, for who has none. */
    public static final String HOW = KeyFile.HOW + " (all instances share it; the stream processor's may be the same)";

    private final InputDigest digest;

    private RedactionKey(byte[] bytes) {
        this.digest = InputDigest.under(bytes);
    }

    /** A key of these bytes, 16 at the least. */
    public static RedactionKey of(byte[] bytes) {
        if (bytes.length < KeyFile.SHORTEST) {
            throw new IllegalArgumentException(
                    "a digest key has at least " + KeyFile.SHORTEST + " bytes, this one has " + bytes.length);
        }
        return new RedactionKey(bytes.clone());
    }

    /** A key that nobody knows and that ends with this process. */
    public static RedactionKey random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new RedactionKey(bytes);
    }

    /**
     * The key in a file.
     *
     * @throws IOException if it cannot be read or holds no key
     */
    public static RedactionKey read(Path file) throws IOException {
        return new RedactionKey(KeyFile.read(file));
    }

    /** The key in a file, which is made, readable by its owner alone, if it is not there. */
    public static RedactionKey readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (var out = Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                out.write(
                        ByteBuffer.wrap((HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII)));
            } catch (FileAlreadyExistsException e) {
                return read(file);
            }
        }
        return read(file);
    }

    /** Digest of bytes as they came in; the stream processor's of the same is the same. */
    public String digest(byte[] b, int from, int to) {
        return digest.of(b, from, to);
    }

    /** Digest of a string's text; bytes that were written in base64 have the digest of the text that they are. */
    String ofText(byte[] utf8) {
        return digest.of((byte) 's', utf8, 0, utf8.length);
    }

    String ofText(String text) {
        return ofText(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Digest of a value that is no string, in its canonical JSON; never that of a string. */
    String ofJson(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return digest.of((byte) 'j', bytes, 0, bytes.length);
    }
}
