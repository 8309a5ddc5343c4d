package io.patchwar.service.http;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks a health page, for containers that have Java and no curl: exit status 0 if it answers 200, 1 if it does not, with what it
 * said on standard error. Stateless.
 */
public final class HealthProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private HealthProbe() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("usage: HealthProbe http://127.0.0.1:8080/readyz");
            System.exit(2);
        }
        System.exit(probe(URI.create(args[0]), System.err));
    }

    /** The exit status for what stands there. */
    static int probe(URI page, PrintStream err) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return 0;
            }
            err.print(answer.body());
        } catch (IOException e) {
            err.println("no answer from " + page + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }
}
