package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.files.FilesConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody looks while a log is being packed, its volume is not there yet, or nobody writes: nothing is given up for that. */
class AwkwardMomentTest {
    @TempDir
    private Path directory;

    private final CollectedRecords out = new CollectedRecords();
    private final List<FileDoor> doors = new ArrayList<>();

    @AfterEach
    void closeDoors() {
        doors.forEach(FileDoor::close);
    }

    private Path logs() {
        return directory.resolve("logs");
    }

    private Path log() {
        return logs().resolve("audit.log");
    }

    private FileDoor open() throws IOException {
        return open(Duration.ofMillis(10));
    }

    /**
     * @param poll a log is waited for sixty times as long
     */
    private FileDoor open(Duration poll) throws IOException {
        FilesConfig config = new FilesConfig(
                directory.resolve("state/positions.json"),
                List.of(new LogConfig("c1", List.of(log().toString()), "node-1", Start.BEGINNING)),
                poll,
                16 << 10,
                256 << 10,
                Duration.ofSeconds(30));
        FileDoor door = new FileDoor(config, out.pipeline(), new IngestMetrics(out.meters));
        doors.add(door);
        door.open();
        return door;
    }

    private List<Integer> read() {
        return AuditLines.numbers(out.records);
    }

    private void readUpTo(FileDoor door, int end) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            door.round();
            return read().size() >= end;
        });
        assertThat(read()).isEqualTo(IntStream.range(0, end).boxed().toList());
        assertThat(out.count(IngestMetrics.FILES_LOST)).isZero();
    }

    private static byte[] lines(int from, int to) {
        return AuditLines.lines(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    /** logrotate with {@code copytruncate} and {@code compress}: the copy stands beside the half that is packed. */
    @Test
    void takesTheRestOfAnEmptiedLogFromItsCopyAndNotFromTheHalfThatIsPacked() throws Exception {
        Files.createDirectories(logs());
        Files.write(log(), lines(0, 5));
        FileDoor door = open();
        readUpTo(door, 5);
        byte[] whole = lines(0, 300);
        byte[] packed = packed(whole);
        Files.write(logs().resolve("audit.log.1"), whole);
        Files.write(logs().resolve("audit.log.1.gz"), Arrays.copyOf(packed, packed.length / 2));
        Files.write(log(), new byte[0]);

        readUpTo(door, 300);
        Files.write(logs().resolve("audit.log.1.gz"), packed);
        Files.delete(logs().resolve("audit.log.1"));
        Files.write(log(), lines(300, 305));

        readUpTo(door, 305);
    }

    @Test
    void unpacksFromTheFrontAgainOnceAFileIsWhole() throws Exception {
        Path path = directory.resolve("audit.log.1.gz");
        byte[] plain = lines(0, 300);
        byte[] packed = packed(plain);
        Files.write(path, Arrays.copyOf(packed, packed.length / 2));
        byte[] last = new byte[100];
        try (LogContent content = LogContent.open(path)) {
            assertThatThrownBy(() -> content.read(plain.length - last.length, last, 0, last.length))
                    .hasMessageContaining("audit.log.1.gz")
                    .hasCauseInstanceOf(EOFException.class);
            Files.write(path, packed);

            assertThat(content.read(plain.length - last.length, last, 0, last.length))
                    .isEqualTo(last.length);
        }
        assertThat(last).isEqualTo(Arrays.copyOfRange(plain, plain.length - last.length, plain.length));
    }

    @Test
    void waitsForAVolumeThatIsMountedLate() throws Exception {
        Files.createDirectories(logs());
        Files.write(log(), lines(0, 5));
        FileDoor door = open();
        readUpTo(door, 5);
        door.close();
        Files.write(logs().resolve("audit.log.1"), lines(0, 20));
        Files.write(log(), lines(20, 25));
        Path away = directory.resolve("away");
        Files.move(logs(), away);

        FileDoor late = open(Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            late.round();
        }
        assertThat(late.check().ok()).isFalse();
        assertThat(late.check().detail()).contains("mounted late");
        Files.move(away, logs());

        readUpTo(late, 25);
    }

    /** The API server is down, and logrotate makes no file in its place, or an empty one. */
    @Test
    void readsAllThatWasRotatedThoughNobodyWrites() throws Exception {
        Files.createDirectories(logs());
        Files.write(log(), lines(0, 5));
        FileDoor door = open();
        readUpTo(door, 5);
        door.close();
        Files.write(logs().resolve("audit.log.3"), lines(0, 10));
        Files.write(logs().resolve("audit.log.2"), lines(10, 20));
        Files.write(logs().resolve("audit.log.1"), lines(20, 30));
        Files.delete(log());
        FileDoor away = open();
        readUpTo(away, 30);
        away.close();

        Files.move(logs().resolve("audit.log.3"), logs().resolve("audit.log.5"));
        Files.move(logs().resolve("audit.log.2"), logs().resolve("audit.log.4"));
        Files.move(logs().resolve("audit.log.1"), logs().resolve("audit.log.3"));
        Files.write(logs().resolve("audit.log.2"), lines(30, 40));
        Files.write(logs().resolve("audit.log.1"), lines(40, 50));
        Files.write(log(), new byte[0]);

        readUpTo(open(), 50);
    }

    /** The disk fails under one file of the set; which one, nobody could tell from the live one's name. */
    @Test
    void saysWhichFileBesideALogCannotBeRead() throws Exception {
        Path unreadable = Path.of("/proc/self/mem");
        assumeThat(unreadable).exists();
        Files.createDirectories(logs());
        Files.write(log(), lines(0, 5));
        FileDoor door = open();
        readUpTo(door, 5);
        Path broken = Files.createSymbolicLink(logs().resolve("audit.log.1"), unreadable);
        Files.write(log(), new byte[0]);

        door.round();

        assertThat(door.check().ok()).isFalse();
        assertThat(door.check().detail())
                .startsWith("cannot read " + broken + ": ")
                .endsWith("; " + log() + " is not read on before that can be: mend it, or move it elsewhere");
        Files.delete(broken);
        Files.write(log(), lines(5, 10));
        readUpTo(door, 10);
        assertThat(door.check().ok()).isTrue();
    }

    @Test
    void saysThatALogIsADirectory() throws Exception {
        Files.createDirectories(log());
        FileDoor door = open();

        door.round();

        assertThat(door.check().detail()).isEqualTo("cannot read " + log() + ": Is a directory");
    }

    /** A rotation while this process is away would make history of what it had only begun to read. */
    @Test
    void readsNothingOfALogWhosePlaceCannotBeSaved() throws Exception {
        Files.createDirectories(logs());
        Files.write(log(), lines(0, 5));
        FileDoor door = open();
        Path blocked = Files.createDirectories(directory.resolve("state/positions.json.new"));

        door.round();
        door.round();

        assertThat(read()).isEmpty();
        assertThat(door.check().detail()).startsWith("cannot save positions in " + directory);
        Files.delete(blocked);
        readUpTo(door, 5);
        assertThat(door.check().ok()).isTrue();
    }

    @Test
    void takesHistoryForNothingNewThoughItWasAwayForAWhile() throws Exception {
        Files.createDirectories(logs());
        Files.write(logs().resolve("audit.log.1"), lines(1_000, 1_020));
        Files.write(log(), lines(0, 5));
        FileDoor door = open();
        readUpTo(door, 5);
        Path away = directory.resolve("away");
        Files.move(logs(), away);
        Files.createDirectories(logs());
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() < end) {
            door.round();
        }
        Files.delete(logs());
        Files.move(away, logs());

        for (int i = 0; i < 50; i++) {
            door.round();
        }
        assertThat(read()).doesNotContain(1_000, 1_019);
    }
}
