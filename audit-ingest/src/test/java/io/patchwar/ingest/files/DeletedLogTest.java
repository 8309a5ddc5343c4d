package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.files.FilesConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever deletes a log wants its disk back; and a log that only changes its name must not be taken for a deleted one. */
class DeletedLogTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    private final CollectedRecords out = new CollectedRecords();
    private final List<FileDoor> doors = new ArrayList<>();

    @AfterEach
    void closeDoors() {
        doors.forEach(FileDoor::close);
    }

    private FilesConfig config(String paths, Start start) {
        return new FilesConfig(
                directory.resolve("state/positions.json"),
                List.of(new LogConfig("c1", List.of(directory + "/" + paths), "node-1", start)),
                Duration.ofMillis(10),
                16 << 10,
                256 << 10,
                Duration.ofSeconds(30));
    }

    private FileDoor open(FilesConfig config) throws IOException {
        FileDoor door = new FileDoor(config, out.pipeline(), new IngestMetrics(out.meters));
        doors.add(door);
        door.open();
        return door;
    }

    private void readUpTo(FileDoor door, int end) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            door.round();
            return AuditLines.numbers(out.records)
                    .equals(IntStream.range(0, end).boxed().toList());
        });
    }

    /** Rounds for longer than a log without a name is waited for. */
    private static void goOn(FileDoor door, FilesConfig config) throws InterruptedException {
        long end = System.nanoTime() + 2 * config.gone().toNanos();
        while (System.nanoTime() < end) {
            door.round();
        }
    }

    private static long openOf(Path log) {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).toString().startsWith(log.toString());
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String positions() throws IOException {
        return Files.readString(directory.resolve("state/positions.json"));
    }

    @Test
    void aDatedLogThatACleaningJobDeletesGivesItsDiskBack() throws Exception {
        assumeThat(DESCRIPTORS).isDirectory();
        Path log = directory.resolve("audit-2026-11-24.log");
        Files.writeString(log, AuditLines.lines(0, 5) + AuditLines.line(5));
        FileDoor door = open(config("audit-*.log", Start.BEGINNING));
        readUpTo(door, 5);
        assertThat(openOf(log)).isEqualTo(1);
        assertThat(positions()).contains("audit-2026-11-24.log");

        Files.delete(log);

        // Its last line has no end and never will have one.
        readUpTo(door, 6);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            door.round();
            return openOf(log) == 0 && !positions().contains("audit-2026-11-24.log");
        });
    }

    @Test
    void aLogOfADeletedOnesNameIsANewOne() throws Exception {
        Path log = directory.resolve("audit-2026-11-24.log");
        Files.writeString(log, "{}\n");
        FilesConfig config = config("audit-*.log", Start.END);
        FileDoor door = open(config);
        door.round();
        Files.delete(log);
        goOn(door, config);

        Files.writeString(log, AuditLines.lines(0, 3));

        readUpTo(door, 3);
    }

    /** Its directory has another name for a while, or its volume is away; nobody writes meanwhile. */
    @Test
    void aLogThatWasOnlyAwayIsReadOnFromWhereItWas() throws Exception {
        Path log = directory.resolve("audit.log");
        Files.writeString(log, AuditLines.lines(0, 5));
        FilesConfig config = config("audit.log", Start.BEGINNING);
        FileDoor door = open(config);
        readUpTo(door, 5);
        Path away = Files.move(log, directory.resolve("away"));
        goOn(door, config);

        Files.writeString(away, AuditLines.lines(5, 8), StandardOpenOption.APPEND);
        Files.move(away, log);

        readUpTo(door, 8);
        Files.delete(log);
        goOn(door, config);
        Files.writeString(log, AuditLines.lines(8, 10));
        readUpTo(door, 10);
    }

    @Test
    void aLogThatWasRotatedWhileItWasAwayIsReadToItsEnd() throws Exception {
        Path log = directory.resolve("audit.log");
        Files.writeString(log, AuditLines.lines(0, 5));
        FilesConfig config = config("audit.log", Start.BEGINNING);
        FileDoor door = open(config);
        readUpTo(door, 5);
        Path away = Files.move(log, directory.resolve("away"));
        goOn(door, config);

        Files.writeString(away, AuditLines.lines(5, 8), StandardOpenOption.APPEND);
        Files.move(away, directory.resolve("audit.log.1"));
        Files.writeString(log, AuditLines.lines(8, 10));

        readUpTo(door, 10);
    }

    @Test
    void theLastLineOfALogThatWasAwayComesWholeThoughHalfOfItWasTaken() throws Exception {
        Path log = directory.resolve("audit.log");
        String half = AuditLines.line(5).substring(0, 200);
        Files.writeString(log, AuditLines.lines(0, 5) + half);
        FilesConfig config = config("audit.log", Start.BEGINNING);
        FileDoor door = open(config);
        readUpTo(door, 5);
        Path away = Files.move(log, directory.resolve("away"));
        goOn(door, config);

        Files.writeString(away, AuditLines.line(5).substring(200) + "\n", StandardOpenOption.APPEND);
        Files.move(away, log);

        readUpTo(door, 6);
    }

    /** A backup of it was put back: what it lacks cannot be told from what is new. */
    @Test
    void aLogThatCameBackShorterIsReadFromItsBeginning() throws Exception {
        Path log = directory.resolve("audit.log");
        Files.writeString(log, AuditLines.lines(0, 5));
        FilesConfig config = config("audit.log", Start.BEGINNING);
        FileDoor door = open(config);
        readUpTo(door, 5);
        Files.delete(log);
        goOn(door, config);

        Files.writeString(log, AuditLines.lines(0, 4));

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            door.round();
            return AuditLines.numbers(out.records).equals(List.of(0, 1, 2, 3, 4, 0, 1, 2, 3));
        });
    }

    @Test
    void aLogThatAppearsLaterIsReadFromItsBeginning() throws Exception {
        FileDoor door = open(config("audit*.log", Start.END));
        FileDoor named = new FileDoor(
                new FilesConfig(
                        directory.resolve("other/positions.json"),
                        List.of(new LogConfig("c1", List.of(directory + "/named"), "node-2", Start.END)),
                        Duration.ofMillis(10),
                        16 << 10,
                        256 << 10,
                        Duration.ofSeconds(30)),
                out.pipeline(),
                new IngestMetrics(out.meters));
        doors.add(named);
        named.open();
        door.round();
        named.round();

        Files.writeString(directory.resolve("audit-2026-11-25.log"), AuditLines.lines(0, 2));
        readUpTo(door, 2);
        Files.writeString(directory.resolve("named"), AuditLines.lines(2, 4));
        readUpTo(named, 4);
    }

    @Test
    void aLogThatIsNamedIsClosedAndWaitedFor() throws Exception {
        assumeThat(DESCRIPTORS).isDirectory();
        Path log = directory.resolve("audit.log");
        Files.writeString(log, AuditLines.lines(0, 5));
        FileDoor door = open(config("audit.log", Start.END));
        door.round();
        Files.writeString(log, AuditLines.lines(0, 2), StandardOpenOption.APPEND);
        readUpTo(door, 2);
        Files.delete(log);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            door.round();
            return openOf(log) == 0;
        });
        assertThat(door.check().ok()).isFalse();

        // Written, and rotated, before anybody looks.
        Files.writeString(directory.resolve("audit.log.1"), AuditLines.lines(2, 4));
        Files.writeString(log, AuditLines.lines(4, 6));

        readUpTo(door, 6);
        assertThat(door.check().ok()).isTrue();
    }

    @Test
    void aRenamedLogWithoutASuccessorIsFollowedForAsLongAsItStands() throws Exception {
        Path log = directory.resolve("audit.log");
        Files.writeString(log, AuditLines.lines(0, 3));
        FilesConfig config = config("audit*.log", Start.BEGINNING);
        FileDoor door = open(config);
        readUpTo(door, 3);
        Path renamed = Files.move(log, directory.resolve("audit-2026-11-24T04-23-17.422.log"));
        goOn(door, config);

        Files.writeString(renamed, AuditLines.lines(3, 5), StandardOpenOption.APPEND);

        readUpTo(door, 5);
    }

    @Test
    void aLogThatIsDeletedWhileItsWriterGoesOnIsReadForAsLongAsThatWrites() throws Exception {
        Path log = directory.resolve("audit.log");
        FilesConfig config = config("audit.log", Start.BEGINNING);
        try (var writer = Files.newOutputStream(log)) {
            FileDoor door = open(config);
            writer.write(AuditLines.lines(0, 1).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            readUpTo(door, 1);
            Files.delete(log);
            long end = System.nanoTime() + 2 * config.gone().toNanos();
            for (int line = 1; line < 20 || System.nanoTime() < end; line++) {
                writer.write(AuditLines.lines(line, line + 1).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                readUpTo(door, line + 1);
            }
        }
    }

    @Test
    void thePlaceOfALogThatWasDeletedWhileNobodyFollowedItIsForgotten() throws Exception {
        Path log = directory.resolve("audit-2026-11-24.log");
        Files.writeString(log, AuditLines.lines(0, 3));
        FilesConfig config = config("audit-*.log", Start.BEGINNING);
        readUpTo(open(config), 3);
        closeDoors();
        doors.clear();
        Files.delete(log);
        FileDoor door = open(config);
        door.round();
        assertThat(positions()).as("a volume may be mounted late").contains("audit-2026-11-24.log");

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            door.round();
            return !positions().contains("audit-2026-11-24.log");
        });
    }
}
