package io.patchwar.processor.measuring;

import io.patchwar.service.SmallFile;
import io.patchwar.service.http.NoAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a Prometheus, in bounded time and for a bounded answer. Thread-safe. */
final class PrometheusApi {
    private static final int MOST_BYTES = 8 << 20;

    private final URI url;
    private final PrometheusSettings settings;
    private final HttpClient client;

    PrometheusApi(URI url, PrometheusSettings settings) {
        this.url = url;
        this.settings = settings;
        // It follows no redirect: the token is for this server alone.
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * What the query gives now.
     *
     * @throws IOException if there is no answer in time, or none that can be used; the message says why
     */
    List<Series> query(String promQl) throws IOException, InterruptedException {
        String base = url.toString();
        URI address =
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v1/query?query="
                        + URLEncoder.encode(promQl, StandardCharsets.UTF_8).replace("+", "%20"));
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "application/json");
        Path token = settings.bearerTokenFile();
        if (token != null) {
            authorize(request, token);
        }
        HttpResponse<byte[]> response = send(request.build());
        // A refused query is told in the body of a 400.
        if (response.statusCode() != 200 && response.statusCode() != 400 && response.statusCode() != 422) {
            throw new IOException("it answers " + response.statusCode());
        }
        return Series.read(response.body());
    }

    private static void authorize(HttpRequest.Builder request, Path file) throws IOException {
        String token = SmallFile.secret(file);
        // What the client says of a header that it does not take holds the header.
        if (token.chars().anyMatch(c -> c > '~')) {
            throw new IOException(file + " holds no bearer token: letters, digits and signs of ASCII");
        }
        request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        Duration patience = settings.timeout();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new LimitedBody(MOST_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IOException(NoAnswer.words(e, url), e);
        } finally {
            answer.cancel(true);
        }
    }
}
