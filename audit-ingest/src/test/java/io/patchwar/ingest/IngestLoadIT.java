package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import io.patchwar.ingest.ApiServersAtTheirCeiling.Outcome;
import io.patchwar.service.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ingest takes: three API servers at their default ceiling, then as fast as they are answered. Ingest has one core and
 * less than 512 MiB of heap, client and broker another core. Only when asked for: {@code make load-ingest}, which sets
 * {@code -Dpatchwar.load.seconds}; {@code -Dpatchwar.load.jvm} has more arguments for ingest's JVM, such as a profiler's.
 */
class IngestLoadIT {
    private static final int SECONDS = Integer.getInteger("patchwar.load.seconds", 0);
    private static final String TOKEN = "a-token-that-only-tests-have";
    private static final String HEAP = "-Xmx500m";
    private static final String SPOOLED = "patchwar_ingest_spooled_total";
    private static final double MOST_MILLIS = 100;
    private static final double LEAST_EVENTS = 0.99 * 12_000;

    @TempDir
    private Path folder;

    private final List<String> table = new ArrayList<>();

    @Test
    void takesWhatThreeApiServersSend() throws Exception {
        assumeTrue(SECONDS > 0, "a benchmark, run by make load-ingest");
        pin(ProcessHandle.current().pid(), 1);
        Certificates authority = new Certificates();
        authority.holder("localhost").writeTo(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        Files.writeString(folder.resolve("token"), TOKEN);
        int webhook = LoopbackPorts.free();
        int http = LoopbackPorts.free();
        List<String> jvm = new ArrayList<>(List.of(HEAP));
        jvm.addAll(Arrays.stream(System.getProperty("patchwar.load.jvm", "").split(" "))
                .filter(argument -> !argument.isEmpty())
                .toList());
        try (InProcessBroker broker = InProcessBroker.over(folder.resolve("kafka"));
                IngestProcess ingest = new IngestProcess(
                        config(broker, webhook, http),
                        folder.resolve("ingest.log"),
                        http,
                        false,
                        jvm.toArray(String[]::new))) {
            ingest.onCore(0).start();
            await().atMost(Duration.ofMinutes(2)).until(() -> ingest.metric("patchwar_ingest_kafka_ready") == 1);
            ApiServersAtTheirCeiling client = new ApiServersAtTheirCeiling(webhook, authority.context(null), TOKEN);
            measured("the first half minute of the process", ingest, () -> client.paced(30));
            double before = ingest.metric(SPOOLED);
            Outcome paced = measured("three API servers at their ceiling", ingest, () -> client.paced(SECONDS));
            double spooled = ingest.metric(SPOOLED) - before;
            Outcome most = measured("as fast as answered", ingest, () -> client.asFastAsAnswered(SECONDS));
            print(ingest);
            assertThat(ingest.stop()).isIn(0, 143);

            assertThat(paced.refused() + most.refused()).isZero();
            assertThat(paced.eventsPerSecond()).isGreaterThan(LEAST_EVENTS);
            assertThat(paced.millis(0.99)).isLessThan(MOST_MILLIS);
            assertThat(spooled).as("spooled, though Kafka was there").isZero();
        }
    }

    private Path config(InProcessBroker broker, int webhook, int http) throws IOException {
        Files.writeString(folder.resolve("digest.key"), "a key that only tests have");
        return Files.writeString(
                folder.resolve("ingest.yaml"), """
                data: %1$s/data
                digestKeyFile: %1$s/digest.key
                http: {listen: "127.0.0.1:%2$d"}
                kafka: {bootstrap: "%3$s", topics: {replicas: 1}}
                webhook:
                  listen: "127.0.0.1:%4$d"
                  tls: {certificate: "%1$s/tls.crt", key: "%1$s/tls.key"}
                  clusters: [{name: prod, tokenFiles: ["%1$s/token"]}]
                """.formatted(folder, http, broker.bootstrap(), webhook));
    }

    private Outcome measured(String what, IngestProcess ingest, Supplier<Outcome> load) {
        double before = ingest.cpuSeconds();
        double spooledBefore = ingest.metric(SPOOLED);
        Duration ownBefore = own();
        Outcome outcome = load.get();
        double seconds = outcome.took().toNanos() / 1e9;
        double cpu = ingest.cpuSeconds() - before;
        table.add(String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.0f | %.0f ms | %.0f ms | %.0f ms | %.2f | %.0f µs | %.2f | %.0f |",
                what,
                outcome.eventsPerSecond(),
                outcome.megabytesPerSecond(),
                outcome.millis(0.5),
                outcome.millis(0.99),
                outcome.millis(1),
                cpu / seconds,
                1e6 * cpu / (outcome.nanos().length * (double) ApiServersAtTheirCeiling.EVENTS),
                own().minus(ownBefore).toNanos() / 1e9 / seconds,
                ingest.metric(SPOOLED) - spooledBefore));
        return outcome;
    }

    private static Duration own() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void print(IngestProcess ingest) throws IOException {
        System.out.println(
                "| load | events/s | MB/s | p50 | p99 | longest | ingest's cores | per event | client's and broker's cores | spooled |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        table.forEach(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "ingest: %s, %s resident at most%n",
                HEAP,
                Files.readAllLines(Path.of("/proc", String.valueOf(ingest.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .map(line -> line.substring(6).strip())
                        .findFirst()
                        .orElse("unknown"));
    }

    private static void pin(long pid, int core) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder("taskset", "-acp", String.valueOf(core), String.valueOf(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(taskset.waitFor()).isZero();
    }
}
