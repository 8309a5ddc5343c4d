package io.patchwar.pressure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real etcd on loopback, in a folder of its own, spoken to through its JSON gateway. */
final class EtcdProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 8;

    private final Process process;
    private final URI address;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private EtcdProcess(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** Whether there is an etcd to start. */
    static boolean isOnThePath() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, "etcd"))) {
                return true;
            }
        }
        return false;
    }

    static EtcdProcess start(Path folder, long quotaBytes) throws Exception {
        String client = "http://127.0.0.1:" + freePort();
        String peer = "http://127.0.0.1:" + freePort();
        Path log = folder.resolve("etcd.log");
        Process process = new ProcessBuilder(
                        "etcd",
                        "--data-dir=" + folder.resolve("data"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer,
                        "--quota-backend-bytes=" + quotaBytes)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        EtcdProcess etcd = new EtcdProcess(process, URI.create(client), log);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                etcd.sizes();
                return etcd;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    String said = Files.readString(log);
                    etcd.close();
                    throw new IllegalStateException("etcd does not answer; it said:\n" + said, e);
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Size of the file, and how much of it is in use.
     */
    record Sizes(long file, long inUse) {}

    Sizes sizes() throws IOException, InterruptedException {
        JsonNode status = JSON.readTree(post("/v3/maintenance/status", "{}").body());
        return new Sizes(
                Long.parseLong(status.path("dbSize").asText("0")),
                Long.parseLong(status.path("dbSizeInUse").asText("0")));
    }

    /** What is in use once everything is committed: etcd gathers writes for a tenth of a second. */
    long settled() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Sizes before = sizes();
        while (true) {
            if (process.waitFor(300, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException("etcd does not come to rest: " + this);
            }
            Sizes now = sizes();
            if (now.equals(before)) {
                return now.inUse();
            }
            before = now;
        }
    }

    /** Stores the value so many times; answers with how many were, before etcd was full. */
    int put(String key, byte[] value, int times) throws InterruptedException {
        String body = "{\"key\":\"" + base64(key.getBytes(StandardCharsets.UTF_8)) + "\",\"value\":\"" + base64(value)
                + "\"}";
        HttpRequest request = request("/v3/kv/put", body);
        int stored = 0;
        for (int done = 0; done < times; done += AT_ONCE) {
            List<CompletableFuture<HttpResponse<String>>> some = new ArrayList<>();
            for (int i = 0; i < Math.min(AT_ONCE, times - done); i++) {
                some.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> one : some) {
                HttpResponse<String> response = one.join();
                if (response.statusCode() == 200) {
                    stored++;
                } else if (!response.body().contains("database space exceeded")) {
                    throw new IllegalStateException("etcd says " + response.body());
                }
            }
            if (stored < done + some.size()) {
                return stored;
            }
        }
        return stored;
    }

    long revision() throws IOException, InterruptedException {
        JsonNode answer =
                JSON.readTree(post("/v3/kv/range", "{\"key\":\"AA==\"}").body());
        return Long.parseLong(answer.at("/header/revision").asText());
    }

    /** Removes what is older than that revision, and waits until it is gone. */
    void compact(long revision) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post("/v3/kv/compaction", "{\"revision\":\"" + revision + "\",\"physical\":true}");
        if (answer.statusCode() != 200) {
            throw new IOException("etcd does not compact: " + answer.body());
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "etcd at " + address + ", log " + log;
    }
}
