package io.patchwar.processor.measuring;

import io.patchwar.service.SmallFile;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code prometheus} section: whom to ask, and what.
 *
 * @param url of its API, with the path's prefix if there is one; null: nobody is asked
 * @param bearerTokenFile read anew for each request; null for none
 * @param every how often it is asked
 * @param timeout of one query, from its beginning to the last byte of its answer
 * @param staleAfter what was measured longer ago does not count
 * @param clusterLabel that names the cluster as audit events do; a series without it holds for every cluster
 * @param quota query for the bytes that etcd may take
 * @param inUse query for the bytes that it takes
 * @param watchers query for the number of clients that watch a resource, by the labels {@code group} and {@code resource}
 */
public record PrometheusSettings(
        @Nullable URI url,
        @Nullable Path bearerTokenFile,
        Duration every,
        Duration timeout,
        Duration staleAfter,
        String clusterLabel,
        String quota,
        String inUse,
        String watchers) {
    /** Nobody is asked; the queries are those for a cluster's own etcd and API servers, labelled by cluster. */
    public static final PrometheusSettings NONE = new PrometheusSettings(
            null,
            null,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            "cluster",
            "min by (cluster) (etcd_server_quota_backend_bytes)",
            "max by (cluster) (etcd_mvcc_db_total_size_in_use_in_bytes)",
            "sum by (cluster, group, resource) (apiserver_longrunning_requests{verb=\"WATCH\"})");

    /** Reads the section; what is wrong is noted there. */
    public static PrometheusSettings read(YamlSection section) {
        Duration second = Duration.ofSeconds(1);
        PrometheusSettings read = new PrometheusSettings(
                section.has("url") ? url(section) : null,
                section.has("bearerTokenFile") ? file(section) : null,
                section.duration("every", NONE.every, second, Duration.ofMinutes(10)),
                section.duration("timeout", NONE.timeout, Duration.ofMillis(100), Duration.ofMinutes(1)),
                section.duration("staleAfter", NONE.staleAfter, second, Duration.ofHours(1)),
                section.text("clusterLabel", NONE.clusterLabel),
                section.text("quota", NONE.quota),
                section.text("inUse", NONE.inUse),
                section.text("watchers", NONE.watchers));
        if (read.staleAfter.compareTo(read.every) < 0) {
            section.problem("staleAfter", "must not be shorter than every, " + Amounts.text(read.every));
        }
        return read;
    }

    private static @Nullable URI url(YamlSection section) {
        try {
            URI url = new URI(section.text("url", ""));
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below, without the text: it may hold a password.
        }
        section.problem("url", "must be a URL such as http://prometheus.monitoring:9090, without user and query");
        return null;
    }

    private static Path file(YamlSection section) {
        Path file = Path.of(section.text("bearerTokenFile", ""));
        try {
            SmallFile.secret(file);
        } catch (IOException e) {
            section.problem("bearerTokenFile", String.valueOf(e.getMessage()));
        }
        return file;
    }

    /** Adds what holds to the table that an operator is shown. */
    public void show(Map<String, String> table) {
        table.put("prometheus.url", url == null ? "(none: nothing is measured)" : url.toString());
        table.put("prometheus.bearerTokenFile", bearerTokenFile == null ? "(none)" : bearerTokenFile.toString());
        table.put("prometheus.every", Amounts.text(every));
        table.put("prometheus.timeout", Amounts.text(timeout));
        table.put("prometheus.staleAfter", Amounts.text(staleAfter));
        table.put("prometheus.clusterLabel", clusterLabel);
        table.put("prometheus.quota", quota);
        table.put("prometheus.inUse", inUse);
        table.put("prometheus.watchers", watchers);
    }
}
