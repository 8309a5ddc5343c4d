package io.patchwar.processor.alerting;

import io.patchwar.service.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The header that says who we are; its secrets are read anew each time, since they are rotated. Stateless. */
final class Credentials {
    private static final int LARGEST_SECRET = 64 << 10;

    private Credentials() {}

    /**
     * The value of {@code Authorization}; null for none.
     *
     * @throws IOException whose message names the file, and nothing that is in it
     */
    static @Nullable String authorization(AlertmanagerSettings target) throws IOException {
        AlertmanagerSettings.Basic basic = target.basic();
        if (basic != null) {
            String both = basic.user() + ":" + secret(basic.passwordFile());
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
        Path token = target.bearerTokenFile();
        return token == null ? null : "Bearer " + secret(token);
    }

    private static String secret(Path file) throws IOException {
        byte[] bytes = SmallFile.read(file, LARGEST_SECRET, "secret");
        String secret;
        try {
            secret = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " holds no text", e);
        }
        if (secret.isEmpty() || secret.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IOException(file + " holds no secret of one line");
        }
        return secret;
    }
}
