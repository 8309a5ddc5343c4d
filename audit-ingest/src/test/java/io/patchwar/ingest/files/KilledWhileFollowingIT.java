package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.watch.ResourceSight;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that follows a log is killed -9 again and again while the log is written and rotated. The whole lasts
 * {@code -Dpatchwar.soak.seconds} (a minute by default, twenty seconds for each way of rotating; {@code make soak-files}: ten minutes).
 */
class KilledWhileFollowingIT {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("patchwar.soak.seconds", 60));
    /** What may come twice after each kill: no more than was under way. */
    private static final int LINES_OF_A_BATCH = (32 << 10) / AuditLines.line(0).length() + 1;

    /** So that a long soak has no more rotated files than are kept: what is not kept is lost to everybody. */
    private static final Duration BETWEEN_ROTATIONS = LENGTH.dividedBy(3 * 350);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LAST_BYTES = 8 << 10;

    @TempDir
    private Path directory;

    private Process child;

    private void start(Path log) throws IOException {
        child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FollowingChild.class.getName(),
                        log.toString(),
                        directory.resolve("positions.json").toString(),
                        durable().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("child.log").toFile()))
                .start();
    }

    private void kill() throws InterruptedException {
        child.destroyForcibly();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private Path durable() {
        return directory.resolve("durable");
    }

    /** Lines that are whole, one after the other: in ten minutes there are more of them than memory holds. */
    private void eachDurable(Consumer<String> action) throws IOException {
        // What a killed process was writing may end anywhere; the next one goes on in the same line.
        try (Stream<String> lines = Files.lines(durable())) {
            lines.forEach(line -> whole(line).ifPresent(action));
        }
    }

    private static Optional<String> whole(String line) {
        int begin = line.lastIndexOf("{\"kind\":\"Event\"");
        return begin >= 0 && line.endsWith("}") ? Optional.of(line.substring(begin)) : Optional.empty();
    }

    private boolean isEmpty() throws IOException {
        return !Files.exists(durable()) || Files.size(durable()) == 0;
    }

    /** The number of the newest line that is durable; -1 if what came last is not whole. */
    private int newest() throws IOException {
        try (FileChannel file = FileChannel.open(durable())) {
            ByteBuffer end = ByteBuffer.allocate(LAST_BYTES);
            file.read(end, Math.max(0, file.size() - LAST_BYTES));
            String text = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8).stripTrailing();
            return whole(text.substring(text.lastIndexOf('\n') + 1))
                    .map(AuditLines::number)
                    .orElse(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyLineIsDurableInOrderAtLeastOnce(RotationByChanceTest.Style style) throws Exception {
        long seed = Long.getLong("patchwar.seed", System.nanoTime());
        System.out.println(style + ": seed " + seed);
        Random random = new Random(seed);
        RotatedLog log = new RotatedLog(directory.resolve("audit.log"));
        log.write(1);
        int kills = 0;
        try {
            start(log.live());
            // It must have met the log before that is rotated: what was rotated earlier is history to it.
            await().atMost(PATIENCE).until(() -> !isEmpty());
            long end = System.nanoTime() + LENGTH.dividedBy(3).toNanos();
            long nextKill = System.nanoTime();
            long nextRotation = nextKill;
            Path last = null;
            while (System.nanoTime() - end < 0) {
                log.write(1 + random.nextInt(60));
                if (random.nextInt(15) == 0 && System.nanoTime() - nextRotation > 0) {
                    nextRotation = System.nanoTime() + BETWEEN_ROTATIONS.toNanos();
                    last = switch (style) {
                        case LUMBERJACK -> log.rename();
                        case NUMBERED -> log.renameNumbered();
                        case COPY_AND_TRUNCATE -> log.copyAndTruncate(() -> {});
                    };
                } else if (last != null && random.nextInt(15) == 0) {
                    RotatedLog.gzip(last);
                    last = null;
                }
                if (System.nanoTime() - nextKill > 0) {
                    kill();
                    kills++;
                    start(log.live());
                    nextKill = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600 + random.nextInt(1_500));
                }
                // Not to wait for anything: this is the pace of the one who writes.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
            }
            log.write(1);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> newest() == log.written() - 1);
        } finally {
            kill();
        }
        List<Integer> numbers = new ArrayList<>();
        eachDurable(line -> numbers.add(AuditLines.number(line)));
        System.out.println(style + ": " + log.written() + " lines, " + kills + " kills, "
                + (numbers.size() - log.written()) + " lines twice");
        assertThat(kills).isPositive();
        Set<Integer> came = new HashSet<>(numbers);
        assertThat(IntStream.range(0, log.written()).filter(line -> !came.contains(line)))
                .as("lines that never came; seed %d", seed)
                .isEmpty();
        assertThat(AuditLines.firsts(numbers)).as("order; seed %d", seed).isSorted();
        assertThat(numbers.size() - log.written())
                .as("lines that came twice; seed %d", seed)
                .isLessThanOrEqualTo((kills + 1) * LINES_OF_A_BATCH);
        assertThat(removedDownstream()).as("seed %d", seed).isEqualTo(duplicates(numbers));
    }

    private static long duplicates(List<Integer> numbers) {
        Set<Integer> seen = new HashSet<>();
        return numbers.stream().filter(number -> !seen.add(number)).count();
    }

    /** How many the watch takes for what it saw before. */
    private long removedDownstream() throws IOException {
        WarWatch watch = new WarWatch(WatchConfig.DEFAULT, DigestKey.random());
        AuditReader reader = new AuditReader("c1", Scope.DEFAULT);
        AuditSink sink = new AuditSink() {
            @Override
            public void accepted(AuditEvent event) {
                watch.read();
                watch.accept(event);
            }

            @Override
            public void skipped(SkipReason reason) {
                throw new AssertionError("skipped: " + reason);
            }

            @Override
            public void rejected(RejectReason reason, String detail) {
                throw new AssertionError("rejected: " + reason);
            }
        };
        eachDurable(line -> {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            reader.read(bytes, 0, bytes.length, "node-1", sink);
        });
        watch.finish();
        return watch.findings().sight().get("c1").resources().values().stream()
                .mapToLong(ResourceSight::duplicates)
                .sum();
    }
}
