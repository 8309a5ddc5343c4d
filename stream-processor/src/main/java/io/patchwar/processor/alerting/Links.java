package io.patchwar.processor.alerting;

import io.patchwar.model.WarClass;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an alert leads to. What comes from events is percent-encoded: of a link that is no URI Alertmanager refuses all. */
final class Links {
    private final @Nullable URI external;
    private final @Nullable URI runbooks;

    Links(AlertSettings settings) {
        this.external = settings.externalUrl();
        this.runbooks = settings.runbooks();
    }

    @Nullable
    URI war(String id) {
        return under(external, "/api/v1/wars/" + encoded(id));
    }

    @Nullable
    URI wars(String cluster, String resource) {
        return under(external, "/api/v1/wars?cluster=" + encoded(cluster) + "&resource=" + encoded(resource));
    }

    @Nullable
    URI wars() {
        return under(external, "/api/v1/wars");
    }

    /** Adds both links under the names that tools look for. */
    void put(Map<String, String> annotations, @Nullable URI link, @Nullable WarClass warClass) {
        if (link != null) {
            annotations.put("investigation_url", link.toString());
        }
        URI runbook = warClass == null ? null : under(runbooks, "/" + warClass.word() + ".md");
        if (runbook != null) {
            annotations.put("runbook_url", runbook.toString());
        }
    }

    private static @Nullable URI under(@Nullable URI base, String path) {
        if (base == null) {
            return null;
        }
        String start = base.toString();
        return URI.create((start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
