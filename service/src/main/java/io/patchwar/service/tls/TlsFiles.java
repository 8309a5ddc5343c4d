package io.patchwar.service.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PEM files of one side of TLS connections.
 *
 * @param ca authorities whom it trusts; null for whom the JVM trusts
 * @param certificate its own, with those that lead to an authority behind it; null for none
 * @param key private key of the certificate, without a password; there if and only if the certificate is
 */
public record TlsFiles(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key) {
    /** Trust whom the JVM trusts, show nothing. */
    public static final TlsFiles NONE = new TlsFiles(null, null, null);

    /** Those that are named. */
    public List<Path> all() {
        List<Path> all = new ArrayList<>();
        for (Path file : new @Nullable Path[] {certificate, key, ca}) {
            if (file != null) {
                all.add(file);
            }
        }
        return List.copyOf(all);
    }
}
