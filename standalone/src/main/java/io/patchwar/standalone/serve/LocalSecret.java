package io.patchwar.standalone.serve;

import io.patchwar.processor.config.DigestSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The secret of one data directory: made on first use, for its owner alone, and kept for as long as the state beside it.
 * Stateless; the directory belongs to this process.
 */
final class LocalSecret {
    private static final int BYTES = 32;

    private LocalSecret() {}

    static DigestSecret in(Path data) throws IOException {
        Path file = data.resolve("digest.key");
        if (!Files.exists(file)) {
            make(file);
        }
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != BYTES) {
            throw new IOException(
                    file + " is not the " + BYTES + " bytes that were made here, and what was remembered under"
                            + " those compares with nothing else: restore it, or begin anew in another data directory");
        }
        return DigestSecret.of(secret);
    }

    /** Whole or not at all: half a key would be kept for good. */
    private static void make(Path file) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Files.write(half, secret);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
