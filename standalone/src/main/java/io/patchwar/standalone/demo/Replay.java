package io.patchwar.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Plays a tape to an ingest, as an API server's webhook would: in order, and each batch only when the one before was
 * acknowledged. One thread.
 */
final class Replay {
    private static final int MOST_AT_ONCE = 400;
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STEP = Duration.ofMillis(100);

    private final HttpClient http;
    private final URI ingest;
    private final String token;
    private final InstantSource clock;
    private long sent;

    /**
     * @param ingest that takes audit events by POST
     */
    Replay(HttpClient http, URI ingest, InstantSource clock) {
        this(http, ingest, "", clock);
    }

    /**
     * @param token that the ingest asks for, empty for none; goes over TLS only
     */
    Replay(HttpClient http, URI ingest, String token, InstantSource clock) {
        this.http = http;
        this.ingest = ingest;
        this.token = token;
        this.clock = clock;
    }

    /** How many events were acknowledged. */
    long sent() {
        return sent;
    }

    /**
     * Plays each event when its time has come, and returns when the last was acknowledged.
     *
     * @throws IOException if the ingest does not take one for a minute; the message says what it said
     */
    void play(Tape tape, Shift shift) throws IOException, InterruptedException {
        List<Tape.Line> lines = tape.lines();
        int next = 0;
        while (next < lines.size()) {
            Instant now = clock.instant();
            StringBuilder batch = new StringBuilder();
            int end = next;
            while (end < lines.size()
                    && end - next < MOST_AT_ONCE
                    && !shift.time(lines.get(end).time()).isAfter(now)) {
                batch.append(shift.json(lines.get(end).json())).append('\n');
                end++;
            }
            if (end == next) {
                TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
                continue;
            }
            post(batch.toString());
            sent += end - next;
            next = end;
        }
    }

    private void post(String lines) throws IOException, InterruptedException {
        HttpRequest.Builder post = HttpRequest.newBuilder(ingest)
                .timeout(REQUEST)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines));
        if (!token.isEmpty()) {
            post.header("Authorization", "Bearer " + token);
        }
        HttpRequest request = post.build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String said;
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() / 100 == 2) {
                    return;
                }
                said = "status " + response.statusCode() + ": "
                        + response.body().strip();
            } catch (IOException e) {
                said = String.valueOf(e);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the ingest at " + ingest + " does not take the recording: " + said);
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }
}
