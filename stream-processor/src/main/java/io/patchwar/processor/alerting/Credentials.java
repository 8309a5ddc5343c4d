package io.patchwar.processor.alerting;

import io.patchwar.service.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The header that says who we are; its secrets are read anew each time, since they are rotated. Stateless. */
final class Credentials {
    private Credentials() {}

    /**
     * The value of {@code Authorization}; null for none.
     *
     * @throws IOException whose message names the file, and nothing that is in it
     */
    static @Nullable String authorization(AlertmanagerSettings target) throws IOException {
        AlertmanagerSettings.Basic basic = target.basic();
        if (basic != null) {
            String both = basic.user() + ":" + SmallFile.secret(basic.passwordFile());
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
        Path token = target.bearerTokenFile();
        return token == null ? null : "Bearer " + SmallFile.secret(token);
    }
}
