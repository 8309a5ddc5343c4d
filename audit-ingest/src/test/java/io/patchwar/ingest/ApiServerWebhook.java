package io.patchwar.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts batches as an API server's audit webhook does: five attempts with waits that grow by half, any answer outside 200 to 206
 * an error, a Retry-After followed inside an attempt; then the batch is dropped. Waits are scaled. Thread-safe.
 */
public final class ApiServerWebhook {
    private static final int ATTEMPTS = 5;
    private static final double GROWTH = 1.5;
    private static final int FOLLOWED = 10;

    private final HttpClient client;
    private final URI uri;
    private final Duration firstWait;
    private final Duration timeout;
    private final AtomicInteger next = new AtomicInteger();

    /** Ids of the events that were acknowledged, and of those that were dropped after the last attempt. */
    public final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    public final Set<String> dropped = ConcurrentHashMap.newKeySet();
    public final AtomicInteger failures = new AtomicInteger();
    public final AtomicLong slowestAnswer = new AtomicLong();

    /** How often each status was answered. */
    public final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

    /** The bearer token that is shown, if any. */
    public volatile String token = "";

    public ApiServerWebhook(URI uri, Duration firstWait, Duration timeout) {
        this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), uri, firstWait, timeout);
    }

    public ApiServerWebhook(HttpClient client, URI uri, Duration firstWait, Duration timeout) {
        this.client = client;
        this.uri = uri;
        this.firstWait = firstWait;
        this.timeout = timeout;
    }

    /** Has ids begin elsewhere, so that those of several servers differ. */
    public void startAt(int number) {
        next.set(number);
    }

    /** Posts a batch of so many events, each of about that many bytes; true if it was acknowledged. */
    public boolean post(int events, int bytes) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        StringBuilder body = new StringBuilder(events * (bytes + 10))
                .append("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[");
        for (int i = 0; i < events; i++) {
            String id = "event-" + next.incrementAndGet();
            ids.add(id);
            body.append(i == 0 ? "" : ",").append(event(id, bytes));
        }
        boolean done = send(body.append("]}").toString());
        (done ? acknowledged : dropped).addAll(ids);
        return done;
    }

    /** An update of some object. */
    public static String event(String id, int bytes) {
        String head = "{\"level\":\"Request\",\"auditID\":\"" + id
                + "\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/ns/services/web\",\"verb\":\"update\",\"user\":{\"username\":\"u\"},\"objectRef\":{\"resource\":\"services\",\"namespace\":\"ns\",\"name\":\"web-"
                + Math.floorMod(id.hashCode(), 50)
                + "\"},\"responseStatus\":{\"code\":200},\"requestReceivedTimestamp\":\"2026-11-24T05:00:00.000000Z\",\"stageTimestamp\":\"2026-11-24T05:00:00.100000Z\",\"requestObject\":{\"a\":\"";
        return head + "x".repeat(Math.max(0, bytes - head.length())) + "\"}}";
    }

    private boolean send(String body) throws InterruptedException {
        double wait = firstWait.toMillis();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1) {
                TimeUnit.MILLISECONDS.sleep((long) wait);
                wait *= GROWTH;
            }
            if (attempt(body)) {
                return true;
            }
            failures.incrementAndGet();
        }
        return false;
    }

    private boolean attempt(String body) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (int follow = 0; follow <= FOLLOWED; follow++) {
            long begun = System.nanoTime();
            Duration left = Duration.ofNanos(Math.max(1, deadline - begun));
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                        .timeout(left)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
                if (!token.isEmpty()) {
                    request.header("Authorization", "Bearer " + token);
                }
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                answers.computeIfAbsent(answer.statusCode(), status -> new AtomicInteger())
                        .incrementAndGet();
                if (answer.statusCode() >= 200 && answer.statusCode() <= 206) {
                    slowestAnswer.accumulateAndGet(System.nanoTime() - begun, Math::max);
                    return true;
                }
                long after = answer.headers().firstValueAsLong("Retry-After").orElse(-1);
                if (after < 0 || System.nanoTime() + TimeUnit.SECONDS.toNanos(after) > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(after * 1_000);
            } catch (IOException e) {
                return false;
            }
        }
        return false;
    }
}
