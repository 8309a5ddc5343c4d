package io.patchwar.ingest.webhook;

import io.patchwar.service.http.HttpAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the webhook listens.
 *
 * @param tls null for plain HTTP, which is for loopback alone
 * @param clusters who may post; empty: anybody for any cluster, which is for loopback alone
 * @param reloadEvery how often files of tokens and certificates are looked at
 */
public record WebhookConfig(
        HttpAddress listen,
        @Nullable TlsConfig tls,
        List<ClusterAccess> clusters,
        WebhookLimits limits,
        Duration reloadEvery) {
    public WebhookConfig {
        clusters = List.copyOf(clusters);
        if (!listen.isLoopback() && (tls == null || clusters.isEmpty())) {
            throw new IllegalArgumentException("without TLS and clusters only loopback may be listened on");
        }
    }

    /** Plain HTTP on loopback, for any cluster. */
    public static WebhookConfig onLoopback(int port) {
        return new WebhookConfig(
                new HttpAddress("127.0.0.1", port), null, List.of(), WebhookLimits.DEFAULT, Duration.ofSeconds(10));
    }
}
