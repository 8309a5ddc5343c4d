package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ingest takes: three API servers at their default ceiling (ten batches of 400 a second each), then as fast as they are
 * answered. Ingest has one core and 512 MiB, client and broker another. Only when asked for: {@code make load-ingest}, which
 * sets {@code -Dpatchwar.load.seconds}.
 */
class IngestLoadIT {
    private static final int SECONDS = Integer.getInteger("patchwar.load.seconds", 0);
    private static final int SERVERS = 3;
    private static final int BATCHES_A_SECOND = 10;
    private static final int EVENTS = 400;
    private static final int BYTES = 2_500;

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void takesWhatThreeApiServersSend() throws Exception {
        assumeTrue(SECONDS > 0, "a benchmark, run by make load-ingest");
        pin(ProcessHandle.current().pid(), 1);
        int webhook = LoopbackPorts.free();
        int http = LoopbackPorts.free();
        try (InProcessBroker broker = InProcessBroker.over(folder.resolve("kafka"));
                IngestProcess ingest = new IngestProcess(
                        config(broker, webhook, http), folder.resolve("ingest.log"), http, false, "-Xmx512m")) {
            ingest.start();
            pin(ingest.pid(), 0);
            await().atMost(Duration.ofMinutes(2)).until(() -> ingest.metric("patchwar_ingest_kafka_ready") == 1);
            List<byte[]> bodies = bodies();
            run(webhook, bodies, Math.max(5, SECONDS / 3), true);
            report("warm-up", ingest, Math.max(5, SECONDS / 3), 0);
            double cpu = ingest.cpuSeconds();
            run(webhook, bodies, SECONDS, true);
            report("paced at 12,000 events/s", ingest, SECONDS, ingest.cpuSeconds() - cpu);
            cpu = ingest.cpuSeconds();
            run(webhook, bodies, SECONDS, false);
            report("as fast as answered", ingest, SECONDS, ingest.cpuSeconds() - cpu);
            assertThat(refused).hasValue(0);
        }
    }

    private Path config(InProcessBroker broker, int webhook, int http) throws IOException {
        return Files.writeString(folder.resolve("ingest.yaml"), """
                data: %s
                http: {listen: "127.0.0.1:%d"}
                kafka: {bootstrap: "%s", topics: {replicas: 1}}
                webhook: {listen: "127.0.0.1:%d"}
                """.formatted(
                        folder.resolve("data"), http, broker.bootstrap(), webhook));
    }

    /** Bodies of 400 recorded events each, cut to size by choosing among them: 2.5 KB on the average. */
    private static List<byte[]> bodies() {
        List<byte[]> lines = new ArrayList<>();
        for (String name : List.of("scenarios", "metallb-chisel", "peace")) {
            lines.addAll(Recordings.lines(name));
        }
        List<byte[]> bodies = new ArrayList<>();
        int at = 0;
        long total = 0;
        for (int body = 0; body < 24; body++) {
            StringBuilder text = new StringBuilder(
                    "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[");
            for (int i = 0; i < EVENTS; i++) {
                byte[] line = lines.get(at++ % lines.size());
                boolean tooLong = total > (long) BYTES * (body * EVENTS + i);
                while (tooLong == line.length > BYTES) {
                    line = lines.get(at++ % lines.size());
                }
                total += line.length;
                text.append(i == 0 ? "" : ",").append(new String(line, StandardCharsets.UTF_8));
            }
            bodies.add(text.append("]}").toString().getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private void run(int port, List<byte[]> bodies, int seconds, boolean paced) {
        nanos.clear();
        answered.set(0);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        Executor own = task -> new Thread(task).start();
        // Batches of one server go out beside one another, as its goroutines do.
        int connections = paced ? 4 * SERVERS : 2 * SERVERS;
        for (int i = 0; i < connections; i++) {
            int offset = i;
            senders.add(
                    CompletableFuture.runAsync(() -> send(port, bodies, end, paced ? connections : 0, offset), own));
        }
        senders.forEach(CompletableFuture::join);
    }

    private void send(int port, List<byte[]> bodies, long end, int shared, int offset) {
        long pause = shared == 0 ? 0 : TimeUnit.SECONDS.toNanos(shared) / (SERVERS * BATCHES_A_SECOND);
        long next = System.nanoTime() + (shared == 0 ? 0 : pause * offset / shared);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            for (int i = offset; System.nanoTime() < end; i++) {
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                next += pause;
                byte[] body = bodies.get(i % bodies.size());
                String head = "POST /audit/prod/server-" + offset % SERVERS
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                long lastByte = System.nanoTime();
                if (ok(socket.getInputStream())) {
                    nanos.add(System.nanoTime() - lastByte);
                    answered.addAndGet(EVENTS);
                } else {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("a sender failed", e);
        }
    }

    /** Reads one answer; its body is as short as "ok". */
    private static boolean ok(InputStream in) throws IOException {
        byte[] b = new byte[4_096];
        int n = 0;
        while (true) {
            int got = in.read(b, n, b.length - n);
            if (got < 0) {
                throw new IOException("the connection was closed");
            }
            n += got;
            String text = new String(b, 0, n, StandardCharsets.US_ASCII);
            int head = text.indexOf("\r\n\r\n");
            int at = text.indexOf("Content-Length: ");
            if (head > 0 && at > 0) {
                int length = Integer.parseInt(
                        text.substring(at + 16, text.indexOf('\r', at)).strip());
                if (n >= head + 4 + length) {
                    return text.startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    private void report(String what, IngestProcess ingest, int seconds, double cpu) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%s: %.0f events/s, acknowledged after p50 %.0f ms, p99 %.0f ms, max %.0f ms (%d batches); ingest used %.2f cores; spooled %.0f records%n",
                what,
                answered.get() / (double) seconds,
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                quantile(sorted, 1),
                sorted.length,
                cpu / seconds,
                ingest.metric("patchwar_ingest_spooled_total"));
    }

    private static double quantile(long[] sorted, double q) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, q * sorted.length)] / 1e6;
    }

    private static void pin(long pid, int core) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        Arrays.asList("taskset", "-acp", String.valueOf(core), String.valueOf(pid)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(taskset.waitFor()).isZero();
    }
}
