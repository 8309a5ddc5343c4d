package io.patchwar.service.digest;

import io.patchwar.service.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The file of a digest key, as {@code digestKeyFile} names it. Whoever reads it takes the same bytes out of it: under one file,
 * the digests of all services and instances are the same. Stateless.
 */
public final class KeyFile {
    /** Bytes of a key, at the least. */
    public static final int SHORTEST = 16;

    /** How to make one, for who has none. */
    public static final String HOW = "make one with: head -c 32 /dev/urandom | base64 > digest.key";

    private static final int LONGEST = 4_096;

    private KeyFile() {}

    /**
     * The key: all bytes of the file, but for the line end that an editor or a shell leaves behind them.
     *
     * @throws IOException if it cannot be read, or holds what is no key; says what to do, and nothing of what is in it
     */
    public static byte[] read(Path file) throws IOException {
        byte[] bytes = bytes(file);
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        if (end < SHORTEST) {
            throw new IOException(file + " holds " + end + " bytes, at least " + SHORTEST + " are needed; " + HOW);
        }
        return Arrays.copyOf(bytes, end);
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return SmallFile.read(file, LONGEST, "key");
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; " + HOW, e);
        }
    }
}
