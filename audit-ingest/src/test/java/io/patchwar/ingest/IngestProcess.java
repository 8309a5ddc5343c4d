package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Ingest in a JVM of its own, that can be killed. One thread. */
public final class IngestProcess implements AutoCloseable {
    private final Path config;
    private final Path log;
    private final int http;
    private final boolean quick;
    private final List<String> jvm;
    private List<String> before = List.of();
    private Process process;

    /** @param quick whether it is to start quickly, rather than to run fast */
    public IngestProcess(Path config, Path log, int http, boolean quick, String... jvm) {
        this.config = config;
        this.quick = quick;
        this.log = log;
        this.http = http;
        this.jvm = List.of(jvm);
    }

    /** Has it start on that core alone, so that its JVM takes the machine for one of one core. */
    public IngestProcess onCore(int core) {
        before = List.of("taskset", "-c", String.valueOf(core));
        return this;
    }

    /** Starts it; it may not listen yet on return. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        if (quick) {
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                AuditIngest.class.getName(),
                "--config",
                config.toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** As an orchestrator does; returns the exit status. */
    public int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    /** What it used of processors so far. */
    public double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toMillis() / 1_000.0)
                .orElse(Double.NaN);
    }

    public boolean answers() {
        try {
            return get("/livez").statusCode() == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** The sum of a metric over its labels, 0 if it is not there. */
    public double metric(String name, String... labels) {
        try {
            return get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> List.of(labels).stream().allMatch(line::contains))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException | InterruptedException e) {
            return Double.NaN;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d%s", http, path)))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
