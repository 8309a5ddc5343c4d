package io.patchwar.processor.investigation;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** What keeps a browser from making anything else of our answers than data, and caches from keeping them unasked. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    static void put(HttpFields.Mutable headers) {
        headers.put(HttpHeader.CACHE_CONTROL, "private, no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
    }
}
