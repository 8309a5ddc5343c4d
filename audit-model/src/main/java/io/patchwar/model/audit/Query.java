package io.patchwar.model.audit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request that matter ({@code audit-events} 1.6). Queries may begin with {@code ?&}. */
record Query(@Nullable String fieldManager, boolean force, boolean dryRun) {
    private static final Query NONE = new Query(null, false, false);

    static Query of(String uri) {
        int question = uri.indexOf('?');
        if (question < 0) {
            return NONE;
        }
        String fieldManager = null;
        boolean force = false;
        boolean dryRun = false;
        int i = question + 1;
        // Behind a hash stands the item of a collection, see AuditEvent.deletionOf.
        int hash = uri.indexOf('#', i);
        int to = hash < 0 ? uri.length() : hash;
        while (i < to) {
            int end = uri.indexOf('&', i);
            end = end < 0 || end > to ? to : end;
            if (uri.startsWith("fieldManager=", i)) {
                fieldManager = decode(uri.substring(i + 13, end));
            } else if (uri.startsWith("force=", i)) {
                force = !uri.startsWith("false", i + 6);
            } else if (uri.startsWith("dryRun=", i)) {
                dryRun = end > i + 7;
            }
            i = end + 1;
        }
        return new Query(fieldManager == null || fieldManager.isEmpty() ? null : fieldManager, force, dryRun);
    }

    private static String decode(String value) {
        if (value.indexOf('%') < 0 && value.indexOf('+') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
