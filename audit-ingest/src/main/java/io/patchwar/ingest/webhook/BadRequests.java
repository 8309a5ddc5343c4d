package io.patchwar.ingest.webhook;

import io.patchwar.service.http.TextHandler;
import io.patchwar.service.http.TextHandler.Answer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what the server refuses before any handler sees it, such as a head that is too large, and counts it. Thread-safe. */
final class BadRequests extends ErrorHandler {
    private final WebhookLimits limits;
    private final WebhookMetrics metrics;

    BadRequests(WebhookLimits limits, WebhookMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        metrics.answered(code);
        String why = code == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 || code == HttpStatus.URI_TOO_LONG_414
                ? "the head of a request may have " + limits.headers() + " bytes"
                : "not understood: " + HttpStatus.getMessage(code);
        TextHandler.send(Answer.plain(code, why + "\n"), response, callback);
    }
}
