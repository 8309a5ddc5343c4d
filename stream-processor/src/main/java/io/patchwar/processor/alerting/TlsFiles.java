package io.patchwar.processor.alerting;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * PEM files for a TLS connection; read again whenever they change, as certificates do.
 *
 * @param ca whom to trust; null for whom the JVM trusts
 * @param certificate ours, with its chain; null for none
 * @param key its private key in PKCS#8; there if and only if the certificate is
 */
public record TlsFiles(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key) {
    /** Trust whom the JVM trusts, show nothing. */
    public static final TlsFiles NONE = new TlsFiles(null, null, null);
}
