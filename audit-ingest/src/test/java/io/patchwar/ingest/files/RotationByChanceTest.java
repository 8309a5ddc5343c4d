package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.files.FilesConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.NotDurableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writing, rotating, packing, refusing, and ending without a word, in any order: every line comes, in order. */
class RotationByChanceTest {
    private static final int STEPS = 400;
    private static final int BATCH = 8 << 10;

    /** One log is rotated in one way. */
    enum Style {
        LUMBERJACK,
        NUMBERED,
        COPY_AND_TRUNCATE
    }

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final CollectedRecords out = new CollectedRecords();

    private FileDoor open(RotatedLog log) throws IOException {
        LogConfig followed = new LogConfig("c1", List.of(log.live().toString()), "node-1", Start.BEGINNING);
        FileDoor door = new FileDoor(
                new FilesConfig(
                        directory.resolve("positions.json"),
                        List.of(followed),
                        Duration.ofMillis(1),
                        BATCH,
                        1 << 20,
                        Duration.ofSeconds(30)),
                out.pipeline(),
                new IngestMetrics(out.meters));
        door.open();
        return door;
    }

    private static Path rotate(RotatedLog log, Style style) {
        return switch (style) {
            case LUMBERJACK -> log.rename();
            case NUMBERED -> log.renameNumbered();
            // Whoever copies and empties loses what is written in between; so nothing is.
            case COPY_AND_TRUNCATE -> log.copyAndTruncate(() -> {});
        };
    }

    @ParameterizedTest
    @EnumSource
    void everyLineComesInOrderWhateverHappens(Style style) throws Exception {
        long seed = Long.getLong("patchwar.seed", System.nanoTime());
        System.out.println(style + ": seed " + seed);
        Random random = new Random(seed);
        RotatedLog log = new RotatedLog(directory.resolve("audit.log"));
        log.write(1);
        FileDoor door = open(log);
        door.round();
        int restarts = 0;
        Path last = null;
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> log.write(1 + random.nextInt(40));
                case 3 -> {
                    if (Files.exists(log.live()) && Files.size(log.live()) > 0) {
                        last = rotate(log, style);
                    }
                }
                case 4 -> {
                    if (last != null && Files.exists(last) && random.nextBoolean()) {
                        RotatedLog.gzip(last);
                        last = null;
                    }
                }
                case 5 -> {
                    door.close();
                    restarts++;
                    door = open(log);
                }
                case 6 -> {
                    out.refuse(NotDurableException.Reason.CLOSING);
                    if (random.nextBoolean()) {
                        // It was handed over after all, and the acknowledgement got lost: nothing was saved.
                        out.refuse(null);
                    }
                }
                default -> {
                    out.refuse(null);
                    door.round();
                }
            }
            if (random.nextInt(8) == 0) {
                FileDoor writing = door;
                log.writeInHalves(() -> {
                    try {
                        writing.round();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }
        out.refuse(null);
        log.write(1);
        FileDoor reading = door;
        // After a refusal the door lets some time pass before it hands the batch over again.
        Awaitility.await("every line, seed " + seed)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    reading.round();
                    return AuditLines.firsts(AuditLines.numbers(out.records)).size() >= log.written();
                });
        door.close();
        List<Integer> read = AuditLines.numbers(out.records);
        assertThat(restarts).isPositive();
        assertThat(AuditLines.firsts(read))
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, log.written()).boxed().toList());
        assertThat(out.count(IngestMetrics.FILES_LOST)).as("seed %d", seed).isZero();
        // Every round here saves what was taken, so that nothing comes twice.
        assertThat(read).as("seed %d", seed).doesNotHaveDuplicates();
    }
}
