package io.patchwar.processor.alerting;

import io.patchwar.service.tls.TlsFiles;
import io.patchwar.settings.Amounts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Alertmanager, or all instances of it that one name stands for.
 *
 * @param url with the prefix of its path, without user and password
 * @param timeout for one request from its beginning to its end
 * @param headers sent with every request, such as a tenant's name
 * @param basic null for none
 * @param bearerTokenFile read anew for every request; null for none
 * @param tls for {@code https}; read again whenever the files change
 */
public record AlertmanagerSettings(
        URI url,
        Duration timeout,
        Map<String, String> headers,
        @Nullable Basic basic,
        @Nullable Path bearerTokenFile,
        TlsFiles tls) {
    /** What a request may take if nobody says otherwise; Prometheus' own choice. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    public AlertmanagerSettings {
        headers = Map.copyOf(headers);
    }

    /** One that asks for nothing. */
    public static AlertmanagerSettings at(URI url) {
        return new AlertmanagerSettings(url, TIMEOUT, Map.of(), null, null, TlsFiles.NONE);
    }

    /**
     * User and password.
     *
     * @param passwordFile read anew for every request
     */
    public record Basic(String user, Path passwordFile) {}

    void show(String path, Map<String, String> table) {
        table.put(path + "url", url.toString());
        table.put(path + "timeout", Amounts.text(timeout));
        headers.keySet().stream().sorted().forEach(name -> table.put(path + "headers." + name, "(hidden)"));
        if (basic != null) {
            table.put(path + "basicAuth", basic.user() + ", password in " + basic.passwordFile());
        }
        if (bearerTokenFile != null) {
            table.put(path + "bearerTokenFile", bearerTokenFile.toString());
        }
        if (tls.ca() != null) {
            table.put(path + "tls.caFile", tls.ca().toString());
        }
        if (tls.certificate() != null) {
            table.put(path + "tls.certFile", tls.certificate().toString());
        }
        if (tls.key() != null) {
            table.put(path + "tls.keyFile", tls.key().toString());
        }
    }

    boolean isSecure() {
        return "https".equals(url.getScheme());
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : isSecure() ? 443 : 80;
    }

    /** Where alerts are posted to. */
    URI alerts() {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v2/alerts");
    }
}
