package io.patchwar.processor.stage;

import static org.awaitility.Awaitility.await;

import io.patchwar.broker.LoopbackPorts;
import io.patchwar.processor.StreamProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An instance of the service in a JVM of its own, as an operator runs it: a configuration file, signals, HTTP. One thread. */
public final class Instance implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private Instance(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts one over a directory of its own; {@code more} stands in its configuration beside what every test needs. */
    public static Instance start(Path directory, String bootstrap, String application, int partitions, String more)
            throws IOException {
        Files.createDirectories(directory);
        int port = LoopbackPorts.free();
        Path key = Files.writeString(directory.resolve("digest.key"), "\0".repeat(16));
        Path file = Files.writeString(directory.resolve("processor.yaml"), """
                kafka: {bootstrap: "%s", topics: {prefix: "%s-", partitions: %d, replicas: 1}}
                digestKeyFile: %s
                http: {listen: "127.0.0.1:%d"}
                stream: {applicationId: %s, stateDirectory: "%s", threads: 1, commitInterval: 200ms, rocksBytes: 32MiB%s}
                """.formatted(
                        bootstrap, application, partitions, key, port, application, directory.resolve("state"), more));
        Path log = directory.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StreamProcessor.class.getName(),
                        "--config",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Instance(builder.start(), port, log);
    }

    /** Waits until it says that it does its work. */
    public Instance awaitReady() {
        await(log.toString())
                .atMost(BrokerStage.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> status("/readyz") == 200 || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + ", see " + log);
        }
        return this;
    }

    /** The lines of its log that have that word. */
    public String said(String word) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(word)).collect(Collectors.joining("\n"));
        }
    }

    /** The status of a page; 0 if nobody answers. */
    public int status(String path) {
        try {
            return http.send(request(path), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** It stands still, as a stopped process does or a paused machine: SIGSTOP. */
    public void pause() throws IOException, InterruptedException {
        Signals.pause(process.pid());
    }

    /** It goes on where it stood: SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        Signals.resume(process.pid());
    }

    /** The sum of a metric over all its labels; 0 if nobody answers. */
    public double metric(String name) {
        try {
            String page = http.send(request("/metrics"), HttpResponse.BodyHandlers.ofString())
                    .body();
            return page.lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Ends it as a power cut would: SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** Asks it to end: SIGTERM; its exit status. */
    public int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Waits until it ends by itself; its exit status. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(BrokerStage.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + log);
        }
        return process.exitValue();
    }

    /** What it said so far. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
