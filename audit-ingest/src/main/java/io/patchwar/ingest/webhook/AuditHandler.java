package io.patchwar.ingest.webhook;

import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.service.http.TextHandler;
import io.patchwar.service.http.TextHandler.Answer;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code POST /audit/{cluster}[/{source}]}: lets in who may, and has a {@link Reception} read the body. Thread-safe. */
final class AuditHandler extends Handler.Abstract.NonBlocking {
    private static final String PATH = "/audit/";

    private final Pipeline pipeline;
    private final Gate gate;
    private final WebhookLimits limits;
    private final ByteBudget budget;
    private final WebhookMetrics metrics;

    AuditHandler(Pipeline pipeline, Gate gate, WebhookLimits limits, ByteBudget budget, WebhookMetrics metrics) {
        this.pipeline = pipeline;
        this.gate = gate;
        this.limits = limits;
        this.budget = budget;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!path.startsWith(PATH)) {
            refuse(HttpStatus.NOT_FOUND_404, "post audit events to /audit/CLUSTER", response, callback);
            return true;
        }
        if (!HttpMethod.POST.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            refuse(HttpStatus.METHOD_NOT_ALLOWED_405, "only POST", response, callback);
            return true;
        }
        String[] names = path.substring(PATH.length()).split("/", 3);
        String cluster = names[0];
        if (!Origin.isCluster(cluster) || names.length > 2) {
            refuse(
                    HttpStatus.NOT_FOUND_404,
                    "post to /audit/CLUSTER or /audit/CLUSTER/SERVER, names of letters, digits, dots, dashes and underscores",
                    response,
                    callback);
            return true;
        }
        switch (gate.check(request, cluster)) {
            case UNKNOWN -> {
                response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
                refuse(
                        HttpStatus.UNAUTHORIZED_401,
                        "no client certificate or bearer token that is known here",
                        response,
                        callback);
            }
            case WRONG_CLUSTER ->
                refuse(HttpStatus.FORBIDDEN_403, "these credentials are of another cluster", response, callback);
            case NO_SUCH_CLUSTER ->
                refuse(HttpStatus.FORBIDDEN_403, "no such cluster is configured here", response, callback);
            case PASSED -> admit(request, response, callback, cluster, names.length > 1 ? names[1] : "");
        }
        return true;
    }

    private void admit(Request request, Response response, Callback callback, String cluster, String server) {
        if (request.getLength() > limits.body()) {
            tooLarge(request, response, callback);
            return;
        }
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        String packing = encoding == null ? "identity" : encoding.toLowerCase(Locale.ROOT);
        if (!packing.equals("identity") && !packing.equals("gzip") && !packing.equals("x-gzip")) {
            refuse(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "only gzip, or no Content-Encoding", response, callback);
            return;
        }
        String source = Origin.isCluster(server) ? server : address(request);
        new Reception(
                        this,
                        request,
                        response,
                        callback,
                        pipeline.begin(Origin.pushed(cluster, source)),
                        !packing.equals("identity"))
                .read();
    }

    private static String address(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress inet
                ? inet.getAddress() == null
                        ? inet.getHostString()
                        : inet.getAddress().getHostAddress()
                : "";
    }

    WebhookLimits limits() {
        return limits;
    }

    ByteBudget budget() {
        return budget;
    }

    WebhookMetrics metrics() {
        return metrics;
    }

    /** Refuses once the sender has sent what it has, or as much again as it might have. */
    void tooLarge(Request request, Response response, Callback callback) {
        Discard.rest(
                request,
                limits.body(),
                limits.bodyWithin(),
                () -> refuse(
                        HttpStatus.PAYLOAD_TOO_LARGE_413,
                        "a body may have " + limits.body()
                                + " bytes, unpacked; set --audit-webhook-truncate-enabled, or a smaller --audit-webhook-batch-max-size",
                        response,
                        callback));
    }

    void refuse(int status, String why, Response response, Callback callback) {
        metrics.answered(status);
        if (status == HttpStatus.UNAUTHORIZED_401 || status == HttpStatus.FORBIDDEN_403) {
            // Who is not let in keeps no connection from others.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        TextHandler.send(Answer.plain(status, why + "\n"), response, callback);
    }
}
