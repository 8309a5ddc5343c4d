package io.patchwar.processor.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server that takes alerts and answers as it is told; really listens, on one address of loopback. */
final class FakeAlertmanager implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Integer> answer = request -> 200;

    record Request(String path, Map<String, String> headers, List<Map<String, String>> labels, JsonNode body) {}

    private FakeAlertmanager(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static FakeAlertmanager on(String address, int port) throws IOException {
        return new FakeAlertmanager(HttpServer.create(new InetSocketAddress(address, port), 0));
    }

    static FakeAlertmanager start() throws IOException {
        return on("127.0.0.1", 0);
    }

    /** One that speaks TLS, and wants to see a certificate if {@code strict}. */
    static FakeAlertmanager secure(SSLContext tls, boolean strict) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = tls.getDefaultSSLParameters();
                chosen.setNeedClientAuth(strict);
                parameters.setSSLParameters(chosen);
            }
        });
        return new FakeAlertmanager(server);
    }

    FakeAlertmanager answering(Function<Request, Integer> other) {
        answer = other;
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Values of that label of all alerts that came, in their order. */
    List<String> came(String label) {
        List<String> values = new ArrayList<>();
        requests.forEach(request -> request.labels().forEach(labels -> values.add(labels.get(label))));
        return values;
    }

    void forget() {
        requests.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            List<Map<String, String>> labels = new ArrayList<>();
            for (JsonNode alert : body) {
                Map<String, String> of = new TreeMap<>();
                alert.path("labels")
                        .properties()
                        .forEach(e -> of.put(e.getKey(), e.getValue().asText()));
                labels.add(of);
            }
            Request request = new Request(exchange.getRequestURI().getPath(), headers, labels, body);
            int status = answer.apply(request);
            requests.add(request);
            if (status >= 300 && status < 400) {
                exchange.getResponseHeaders().add("Location", "/login");
            }
            byte[] text = (status == 200 ? "" : "{\"message\":\"as told\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
            if (text.length > 0) {
                exchange.getResponseBody().write(text);
            }
        } catch (RuntimeException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
