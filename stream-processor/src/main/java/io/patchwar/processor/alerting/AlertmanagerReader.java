package io.patchwar.processor.alerting;

import io.patchwar.service.tls.TlsFiles;
import io.patchwar.service.tls.TlsMaterial;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From one entry of {@code alerting.alertmanagers} to {@link AlertmanagerSettings}. */
final class AlertmanagerReader {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Set<String> OURS =
            Set.of("authorization", "host", "content-type", "content-length", "connection", "transfer-encoding");

    private AlertmanagerReader() {}

    /** Null where it has no address that can be used; all that is wrong is noted in the section. */
    static @Nullable AlertmanagerSettings read(YamlSection section) {
        URI url = null;
        if (section.has("url")) {
            url = AlertSettingsReader.httpUrl(section, "url", section.text("url", ""));
        } else {
            section.problem("url", "is missing");
        }
        Duration timeout = section.duration(
                "timeout", AlertmanagerSettings.TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(1));
        Map<String, String> headers = headers(section);
        AlertmanagerSettings.Basic basic = basic(section);
        Path token = path(section, "bearerTokenFile");
        if (basic != null && token != null) {
            section.problem("bearerTokenFile", "cannot stand beside basicAuth: a request has one Authorization");
        }
        TlsFiles tls = tls(section, url);
        if (url == null) {
            return null;
        }
        AlertmanagerSettings read = new AlertmanagerSettings(url, timeout, headers, basic, token, tls);
        tryFiles(section, read);
        return read;
    }

    private static Map<String, String> headers(YamlSection section) {
        Map<String, String> headers = section.map("headers");
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                section.problem("headers." + name, "is no header: a name, and a value of plain characters");
            } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                section.problem("headers." + name, "is set otherwise; credentials go to basicAuth or bearerTokenFile");
            }
        });
        return headers;
    }

    private static AlertmanagerSettings.@Nullable Basic basic(YamlSection section) {
        if (!section.has("basicAuth")) {
            return null;
        }
        YamlSection basic = section.section("basicAuth");
        String user = basic.text("user", "");
        Path password = path(basic, "passwordFile");
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            basic.problem("user", "must be a name without a colon");
        }
        if (password == null) {
            basic.problem("passwordFile", "is missing");
            return null;
        }
        return new AlertmanagerSettings.Basic(user, password);
    }

    private static TlsFiles tls(YamlSection section, @Nullable URI url) {
        if (!section.has("tls")) {
            return TlsFiles.NONE;
        }
        YamlSection tls = section.section("tls");
        TlsFiles files = new TlsFiles(path(tls, "caFile"), path(tls, "certFile"), path(tls, "keyFile"));
        if (url != null && !"https".equals(url.getScheme())) {
            section.problem("tls", "says nothing for a URL that is not https");
        }
        if ((files.certificate() == null) != (files.key() == null)) {
            tls.problem("certFile", "and keyFile belong together");
        }
        return files;
    }

    private static @Nullable Path path(YamlSection section, String key) {
        return section.has(key) ? Path.of(section.text(key, "")) : null;
    }

    /** They are read again later; that they can be read now is for whoever starts it to know. */
    private static void tryFiles(YamlSection section, AlertmanagerSettings read) {
        try {
            Credentials.authorization(read);
        } catch (IOException e) {
            section.problem(read.basic() != null ? "basicAuth" : "bearerTokenFile", String.valueOf(e.getMessage()));
        }
        try {
            if (read.isSecure() && (read.tls().key() == null) == (read.tls().certificate() == null)) {
                TlsMaterial.read(read.tls()).context();
            }
        } catch (IOException e) {
            section.problem("tls", String.valueOf(e.getMessage()));
        }
    }
}
