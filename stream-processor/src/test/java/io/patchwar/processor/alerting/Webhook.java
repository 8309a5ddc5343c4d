package io.patchwar.processor.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a person would be told: receives Alertmanager's notifications. */
final class Webhook implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> notifications = new CopyOnWriteArrayList<>();

    Webhook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                notifications.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Each alert of each notification as {@code STATUS ALERTNAME SEVERITY ID}. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        for (JsonNode notification : notifications) {
            for (JsonNode alert : notification.path("alerts")) {
                JsonNode labels = alert.path("labels");
                told.add(alert.path("status").asText() + " "
                        + labels.path("alertname").asText() + " "
                        + labels.path("severity").asText() + " "
                        + labels.path("war_id").asText(""));
            }
        }
        return told;
    }

    List<JsonNode> notifications() {
        return List.copyOf(notifications);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
