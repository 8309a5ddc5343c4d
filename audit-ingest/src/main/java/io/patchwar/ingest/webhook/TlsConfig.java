package io.patchwar.ingest.webhook;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the webhook proves who it is, and asks clients to. All files are PEM.
 *
 * @param certificate its own, with those that lead to an authority behind it
 * @param key of that certificate, not encrypted
 * @param clientCa authorities whose client certificates are believed; null if none is asked for
 * @param clientCertificate whether a connection without one is refused before anything is read
 */
public record TlsConfig(
        Path certificate, Path key, @Nullable Path clientCa, boolean clientCertificate) {}
