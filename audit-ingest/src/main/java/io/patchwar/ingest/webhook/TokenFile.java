package io.patchwar.ingest.webhook;

import io.patchwar.service.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of bearer tokens, one a line, so that an old and a new one can hold at once; empty lines and those that begin with
 * {@code #} count for nothing. What is wrong with it is said by its name and never by what is in it. Stateless.
 */
final class TokenFile {
    /** Bytes: tens of thousands of tokens. */
    static final int LARGEST = 1 << 20;

    static final int SHORTEST_TOKEN = 16;

    private static final String HOW = "; make one with: head -c 32 /dev/urandom | base64";

    private TokenFile() {}

    /**
     * The tokens in it, one at the least.
     *
     * @throws IOException if it cannot be read, is too large, or holds what is no token; says what to do
     */
    static List<String> read(Path file) throws IOException {
        List<String> tokens = new ArrayList<>();
        for (String line :
                SmallFile.text(file, LARGEST, "list of tokens").lines().toList()) {
            String token = line.strip();
            if (token.isEmpty() || token.startsWith("#")) {
                continue;
            }
            if (token.length() < SHORTEST_TOKEN) {
                throw new IOException(file + " holds a token of fewer than " + SHORTEST_TOKEN + " characters" + HOW);
            }
            tokens.add(token);
        }
        if (tokens.isEmpty()) {
            throw new IOException(file + " holds no token" + HOW);
        }
        return tokens;
    }
}
