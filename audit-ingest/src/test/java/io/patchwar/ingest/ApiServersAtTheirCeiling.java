package io.patchwar.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Three API servers at the default ceiling of their webhooks: ten batches of 400 events a second each, sent beside one another as
 * their goroutines do, over TLS with a bearer token. One thread; its senders are its own.
 */
final class ApiServersAtTheirCeiling {
    static final int EVENTS = 400;
    private static final int BYTES = 2_500;
    private static final int SERVERS = 3;
    private static final int BATCHES_A_SECOND = 10;
    private static final int BODIES = 24;

    private final int port;
    private final SSLContext tls;
    private final String token;
    private final List<byte[]> bodies = bodies();

    /**
     * What a run came to.
     *
     * @param nanos from the last byte of a batch to its acknowledgement, sorted
     * @param refused batches that were not acknowledged
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by no one.
    record Outcome(Duration took, long[] nanos, int refused, long bytes) {
        double eventsPerSecond() {
            return EVENTS * nanos.length / (took.toNanos() / 1e9);
        }

        double megabytesPerSecond() {
            return bytes / (took.toNanos() / 1e3);
        }

        double millis(double quantile) {
            return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1, quantile * nanos.length)] / 1e6;
        }
    }

    ApiServersAtTheirCeiling(int port, SSLContext tls, String token) {
        this.port = port;
        this.tls = tls;
        this.token = token;
    }

    /** Bodies of recorded events, chosen such that an event has 2.5 KB on the average. */
    private static List<byte[]> bodies() {
        List<byte[]> lines = new ArrayList<>();
        for (String name : List.of("scenarios", "metallb-chisel", "peace")) {
            lines.addAll(Recordings.lines(name));
        }
        List<byte[]> bodies = new ArrayList<>();
        int at = 0;
        long total = 0;
        for (int body = 0; body < BODIES; body++) {
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

    /** As many events a second as three API servers send by default: 12,000. */
    Outcome paced(int seconds) {
        return run(seconds, 4 * SERVERS, true);
    }

    /** The next batch as soon as one is answered, two at a time from each. */
    Outcome asFastAsAnswered(int seconds) {
        return run(seconds, 2 * SERVERS, false);
    }

    private Outcome run(int seconds, int connections, boolean paced) {
        Tally tally = new Tally();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        Executor own = task -> new Thread(task, "api-server").start();
        long pause = paced ? TimeUnit.SECONDS.toNanos(connections) / (SERVERS * BATCHES_A_SECOND) : 0;
        for (int i = 0; i < connections; i++) {
            int number = i;
            long first = begun + pause * i / connections;
            senders.add(CompletableFuture.runAsync(() -> send(number, first, pause, end, tally), own));
        }
        senders.forEach(CompletableFuture::join);
        long[] sorted = tally.nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Outcome(
                Duration.ofNanos(System.nanoTime() - begun), sorted, tally.refused.get(), tally.bytes.get() * 1_000L);
    }

    private static final class Tally {
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        private final AtomicInteger refused = new AtomicInteger();
        /** In thousands. */
        private final AtomicInteger bytes = new AtomicInteger();
    }

    private void send(int number, long first, long pause, long end, Tally tally) {
        long next = first;
        try (Socket socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            for (int i = number; System.nanoTime() < end; i++) {
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                next += pause;
                byte[] body = bodies.get(i % bodies.size());
                String head = "POST /audit/prod/server-" + number % SERVERS
                        + "?timeout=30s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                long lastByte = System.nanoTime();
                if (ok(socket.getInputStream())) {
                    tally.nanos.add(System.nanoTime() - lastByte);
                    tally.bytes.addAndGet(body.length / 1_000);
                } else {
                    tally.refused.incrementAndGet();
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
}
