package io.patchwar.ingest.redact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which values are digested: HMAC-SHA-256, of which 128 bits are shown as {@code digest:} and 32 hexadecimal
 * digits. Who has only digests cannot try out values. All instances that feed one Kafka must share it, or each would see the
 * others change every Secret. Thread-safe.
 */
public final class DigestKey {
    /** What every digest begins with. */
    public static final String PREFIX = "digest:";

    private static final int SHORTEST = 16;
    private static final int SHOWN = 16;

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs;

    private DigestKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(this::mac);
    }

    /** A key of these bytes, 16 at the least. */
    public static DigestKey of(byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "a digest key has at least " + SHORTEST + " bytes, this one has " + bytes.length);
        }
        return new DigestKey(bytes.clone());
    }

    /** A key that nobody knows and that ends with this process. */
    public static DigestKey random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new DigestKey(bytes);
    }

    /**
     * The key in a file: all its bytes, but for white space at the end.
     *
     * @throws IOException if it cannot be read or holds too little
     */
    public static DigestKey read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        if (end < SHORTEST) {
            throw new IOException(file + " holds " + end + " bytes; a digest key has at least " + SHORTEST
                    + ", as `openssl rand -hex 32` makes them");
        }
        return new DigestKey(Arrays.copyOf(bytes, end));
    }

    /** The key in a file, which is made, readable by its owner alone, if it is not there. */
    public static DigestKey readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (var out = Files.newByteChannel(
                    file,
                    java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                out.write(java.nio.ByteBuffer.wrap(
                        (HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII)));
            } catch (FileAlreadyExistsException e) {
                return read(file);
            }
        }
        return read(file);
    }

    /** Digest of bytes. */
    public String digest(byte[] b, int from, int to) {
        return digest((byte) 'b', b, from, to);
    }

    /** Digest of a string's text; bytes that were written in base64 have the digest of the text that they are. */
    String ofText(byte[] utf8) {
        return digest((byte) 's', utf8, 0, utf8.length);
    }

    String ofText(String text) {
        return ofText(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Digest of a value that is no string, in its canonical JSON; never that of a string. */
    String ofJson(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return digest((byte) 'j', bytes, 0, bytes.length);
    }

    private String digest(byte kind, byte[] b, int from, int to) {
        Mac mac = macs.get();
        mac.update(kind);
        mac.update(b, from, to - from);
        return PREFIX + HexFormat.of().formatHex(mac.doFinal(), 0, SHOWN);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
