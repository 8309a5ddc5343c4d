package io.patchwar.benchmarks.stream;

import io.patchwar.broker.LoopbackPorts;
import io.patchwar.processor.StreamProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The stream processor in a JVM of its own, with a configuration file, as an operator runs it. One thread. */
final class ProcessorRun implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 50;

    private final Process process;
    private final long started = System.nanoTime();
    private final URI address;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private ProcessorRun(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** Starts one whose state is kept in that directory. */
    static ProcessorRun start(Path directory, String bootstrap, String application, StreamOptions options)
            throws IOException {
        Files.createDirectories(directory);
        int port = LoopbackPorts.free();
        Path key = Files.writeString(directory.resolve("digest.key"), "0123456789abcdef0123456789abcdef");
        Path config = directory.resolve("processor.yaml");
        Files.writeString(config, """
                kafka: {bootstrap: "%s", topics: {prefix: "%s-", partitions: %d, replicas: 1}}
                digestKeyFile: "%s"
                http: {listen: "127.0.0.1:%d"}
                output: {progress: %s}
                stream:
                  applicationId: %s
                  stateDirectory: "%s"
                  threads: %d
                """.formatted(
                        bootstrap,
                        application,
                        options.partitions(),
                        key,
                        port,
                        options.progress(),
                        application,
                        directory.resolve("state"),
                        options.threads()));
        add(config, "delivery", options.delivery());
        add(config, "commitInterval", options.commitInterval());
        add(
                config,
                "properties",
                options.properties().isEmpty() ? "" : "{" + options.properties().replace("=", ": ") + "}");
        Path log = directory.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(),
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options.java());
        if (options.profile()) {
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + directory.resolve("processor.jfr"));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                StreamProcessor.class.getName(),
                "--config",
                config.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Whatever is set where this is run is no part of what is measured.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PATCHWAR_") || name.endsWith("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        // Whoever ends the measuring ends what is measured.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ProcessorRun(process, URI.create("http://127.0.0.1:" + port), log);
    }

    private static void add(Path config, String key, String value) throws IOException {
        if (!value.isEmpty()) {
            Files.writeString(config, "  " + key + ": " + value + "\n", StandardOpenOption.APPEND);
        }
    }

    /**
     * Waits until it says that it does its work.
     *
     * @return the seconds since its process was started
     */
    double awaitReady(Duration most) throws IOException, InterruptedException {
        while (status() != 200) {
            if (!process.isAlive()) {
                throw new IOException("the processor ended with status " + process.exitValue() + "; see " + log);
            }
            if (System.nanoTime() - started > most.toNanos()) {
                throw new IOException("the processor is not ready after " + most.toSeconds() + " s; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private int status() throws InterruptedException {
        try {
            return http.send(request("/readyz"), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0; // it does not listen yet
        }
    }

    /** The sum of a metric over all its labels. */
    double metric(String name) throws IOException, InterruptedException {
        String page = http.send(request("/metrics"), HttpResponse.BodyHandlers.ofString())
                .body();
        return page.lines()
                .filter(line -> line.startsWith(name) && " {".indexOf(line.charAt(name.length())) >= 0)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER).build();
    }

    ProcessUsage usage() throws IOException {
        return ProcessUsage.of(process.pid());
    }

    /** Processor time by kind of thread. */
    Map<String, Double> byThread() throws IOException {
        return ProcessUsage.byThread(process.pid());
    }

    /** Asks it to end, as an operator does. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the processor does not stop; see " + log);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
