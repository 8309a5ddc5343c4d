package io.patchwar.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with a key, a certificate, a password: read whole, within a bound, and what is wrong with it is said by its name and
 * never by what is in it. Stateless.
 */
public final class SmallFile {
    private static final int LARGEST_SECRET = 64 << 10;

    private SmallFile() {}

    /**
     * All of its bytes, as it is now.
     *
     * @param most bytes of it
     * @param what is in it, such as {@code key}; for the words about a larger one
     * @throws IOException if it is not there, not readable, no file, or larger
     */
    public static byte[] read(Path file, int most, String what) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a directory");
            }
            if (Files.size(file) > most) {
                throw new IOException(file + " has more than " + most + " bytes, which is no " + what);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read by this user", e);
        }
    }

    /**
     * All of its text, as it is now.
     *
     * @param most bytes of it
     * @param what is in it, such as {@code list of tokens}; for the words about a larger one
     * @throws IOException if it is not in UTF-8, or cannot be {@linkplain #read read}
     */
    public static String text(Path file, int most, String what) throws IOException {
        byte[] bytes = read(file, most, what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " holds no text", e);
        }
    }

    /**
     * The text of a secret, such as a password or token, without the blanks around it.
     *
     * @return one line that is not empty, without control characters
     * @throws IOException if it holds no such text, or cannot be {@linkplain #read read}; 64 KiB are the most
     */
    public static String secret(Path file) throws IOException {
        String secret = text(file, LARGEST_SECRET, "secret").strip();
        if (secret.isEmpty() || secret.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IOException(file + " holds no secret of one line");
        }
        return secret;
    }
}
