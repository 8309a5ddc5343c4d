package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.files.FilesConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.ingest.pipeline.NotDurableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Round by round, without a thread: every line comes, in order, through every kind of rotation. */
class FileDoorTest {
    @TempDir
    private Path directory;

    private final CollectedRecords out = new CollectedRecords();
    private final List<FileDoor> doors = new ArrayList<>();
    private RotatedLog log;

    @BeforeEach
    void newLog() {
        log = new RotatedLog(directory.resolve("audit.log"));
    }

    @AfterEach
    void closeDoors() {
        doors.forEach(FileDoor::close);
    }

    private FilesConfig config(LogConfig... logs) {
        return new FilesConfig(
                directory.resolve("state/positions.json"),
                List.of(logs),
                Duration.ofMillis(10),
                16 << 10,
                256 << 10,
                Duration.ofSeconds(30));
    }

    private LogConfig followed(Start start) {
        return new LogConfig("c1", List.of(log.live().toString()), "node-1", start);
    }

    private FileDoor open() throws IOException {
        return open(config(followed(Start.BEGINNING)));
    }

    private FileDoor open(FilesConfig config) throws IOException {
        FileDoor door = new FileDoor(config, out.pipeline(), new IngestMetrics(out.meters));
        doors.add(door);
        door.open();
        return door;
    }

    /** As if the process had been killed now: nothing more is saved. */
    private FileDoor restart(FileDoor door) throws IOException {
        doors.remove(door);
        door.close();
        return open();
    }

    private static void readOn(FileDoor door) throws InterruptedException {
        for (int i = 0; i < 1_000 && door.round(); i++) {}
        assertThat(door.round()).isFalse();
    }

    private List<Integer> read() {
        return AuditLines.numbers(out.records);
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void readsWhatIsThereAndWhatIsAppended() throws Exception {
        log.write(100);
        FileDoor door = open();
        readOn(door);
        assertThat(read()).isEqualTo(upTo(100));
        log.write(3);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(103));
        assertThat(out.records).allSatisfy(record -> {
            assertThat(record.cluster()).isEqualTo("c1");
            assertThat(record.source()).isEqualTo("node-1");
        });
        assertThat(door.check().ok()).isTrue();
    }

    @Test
    void saysThatAnOrderedSourceIsHeardWhileItHasNothingToSay() throws Exception {
        log.write(1);
        FileDoor door = open();
        readOn(door);
        out.heard.clear();
        door.round();
        assertThat(out.heard)
                .isNotEmpty()
                .allMatch(Heard::ordered)
                .allMatch(heard -> heard.source().equals("node-1"));
    }

    @Test
    void waitsForTheEndOfALine() throws Exception {
        FileDoor door = open();
        log.write(2).writeInHalves(() -> {
            try {
                readOn(door);
                readOn(door);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(read()).isEqualTo(upTo(2));
        });
        readOn(door);
        assertThat(read()).isEqualTo(upTo(3));
    }

    @Test
    void waitsForALogThatIsNotThereYet() throws Exception {
        FileDoor door = open();
        readOn(door);
        assertThat(door.check().ok()).isFalse();
        assertThat(door.check().detail()).contains("none of the files is there");
        log.write(2);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(2));
    }

    @Test
    void followsARenamedLogToItsEndAndGoesOnWithTheNewOne() throws Exception {
        log.write(50);
        FileDoor door = open();
        readOn(door);
        log.write(20);
        log.rename();
        log.write(10);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(80));
        assertThat(out.count(IngestMetrics.FILES_ROTATED)).isEqualTo(1);
    }

    @Test
    void staysWithARenamedLogWhileItsWriterDoes() throws Exception {
        log.write(10);
        FileDoor door = open();
        readOn(door);
        Path old = log.rename();
        Files.createFile(log.live());
        readOn(door);
        // logrotate has made the new file, and the writer has not been told yet.
        Files.writeString(old, AuditLines.lines(10, 15), java.nio.file.StandardOpenOption.APPEND);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(15));
        log.append(AuditLines.lines(15, 17));
        readOn(door);
        assertThat(read()).isEqualTo(upTo(17));
    }

    @Test
    void readsAllThatWasRotatedSinceItLookedLast() throws Exception {
        log.write(10);
        FileDoor door = open();
        readOn(door);
        for (int i = 0; i < 5; i++) {
            log.write(7);
            log.rename();
        }
        log.write(3);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(48));
    }

    @Test
    void readsNumberedFilesOldestFirst() throws Exception {
        log.write(10);
        FileDoor door = open();
        readOn(door);
        for (int i = 0; i < 12; i++) {
            log.write(2);
            log.renameNumbered();
        }
        log.write(3);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(37));
    }

    @Test
    void takesTheRestOfAnEmptiedLogFromItsCopy() throws Exception {
        log.write(30);
        FileDoor door = open();
        readOn(door);
        log.write(12);
        log.copyAndTruncate(() -> {});
        log.write(5);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(47));
        assertThat(out.count(IngestMetrics.FILES_TRUNCATED)).isEqualTo(1);
    }

    @Test
    void noticesALogThatWasEmptiedAndIsLongerThanBefore() throws Exception {
        log.write(3);
        FileDoor door = open();
        readOn(door);
        log.copyAndTruncate(() -> {});
        log.write(200);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(203));
    }

    @Test
    void doesNotTakeACopyThatIsBeingMadeForAnotherLog() throws Exception {
        log.write(30);
        FileDoor door = open();
        readOn(door);
        log.copyAndTruncate(() -> {
            try {
                readOn(door);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        readOn(door);
        log.write(1);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(31));
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        log.write(40);
        FileDoor door = open();
        readOn(door);
        log.write(5);
        door = restart(door);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(45));
    }

    @Test
    void findsItsLogAgainRenamedAndPackedMeanwhile() throws Exception {
        log.write(200);
        FileDoor door = open();
        door.round();
        int before = read().size();
        assertThat(before).isBetween(1, 199);
        log.write(10);
        RotatedLog.gzip(log.rename());
        log.write(10);
        RotatedLog.zstd(log.rename());
        log.write(10);
        door = restart(door);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(230));
    }

    @Test
    void goesOnInTheCopyOfALogThatWasEmptiedMeanwhile() throws Exception {
        log.write(200);
        FileDoor door = open();
        door.round();
        log.write(10);
        RotatedLog.gzip(log.copyAndTruncate(() -> {}));
        log.write(10);
        door = restart(door);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(220));
    }

    @Test
    void countsALogThatIsGoneBeforeItWasRead() throws Exception {
        log.write(200);
        FileDoor door = open();
        door.round();
        Files.delete(log.rename());
        int before = read().size();
        log.write(10);
        door = restart(door);
        readOn(door);
        assertThat(out.count(IngestMetrics.FILES_LOST)).isEqualTo(1);
        assertThat(read()).hasSize(before + 10).endsWith(209);
    }

    @Test
    void givesADamagedPackedFileUpAfterAWhileAndGoesOn() throws Exception {
        log.write(10);
        FileDoor door = open();
        readOn(door);
        log.write(300);
        Path packed = RotatedLog.gzip(log.rename());
        byte[] whole = Files.readAllBytes(packed);
        log.write(5);
        door = restart(door);
        Files.write(packed, java.util.Arrays.copyOf(whole, whole.length / 2));
        for (int i = 0; i < 200; i++) {
            door.round();
        }
        assertThat(read()).endsWith(310, 311, 312, 313, 314);
        assertThat(out.count(IngestMetrics.FILES_LOST)).isEqualTo(1);
    }

    @Test
    void doesNotReadWhatWasRotatedBeforeItMetTheLog() throws Exception {
        log.write(10);
        log.rename();
        log.write(10);
        RotatedLog.gzip(log.rename());
        log.write(10);
        FileDoor door = open();
        readOn(door);
        assertThat(read()).isEqualTo(IntStream.range(20, 30).boxed().toList());
        // And packing one of them later makes it no other.
        log.write(5);
        log.rename();
        log.write(5);
        door = restart(door);
        readOn(door);
        assertThat(read()).isEqualTo(IntStream.range(20, 40).boxed().toList());
    }

    @Test
    void beginsAtTheEndWhereThatIsAskedFor() throws Exception {
        log.write(10).append("{\"half\":");
        FileDoor door = open(config(followed(Start.END)));
        readOn(door);
        log.append("1}\n").append(AuditLines.lines(10, 12));
        readOn(door);
        assertThat(read()).containsExactly(10, 11);
    }

    @Test
    void putsTheLinesOfAContainerRuntimeTogether() throws Exception {
        FileDoor door = open();
        String frame = "2026-11-24T05:00:00.123456789Z stdout ";
        String line = AuditLines.line(0);
        log.append(frame + "F " + AuditLines.line(1) + "\n" + frame + "P " + line.substring(0, 400) + "\n");
        readOn(door);
        assertThat(read()).containsExactly(1);
        log.append(frame + "F " + line.substring(400) + "\n");
        readOn(door);
        assertThat(read()).containsExactly(1, 0);
    }

    @Test
    void readsLinesAsLongAsTheLongestAndPassesOverLongerOnes() throws Exception {
        FileDoor door = open();
        String tail = AuditLines.lines(2, 4);
        int room = (256 << 10) - AuditLines.line(0, "").length() - 1;
        log.append(AuditLines.line(0, "x".repeat(room)) + "\n");
        log.append(AuditLines.line(1, "x".repeat(room + 1)) + "\n" + tail);
        readOn(door);
        assertThat(read()).containsExactly(0, 2, 3);
        assertThat(out.count(IngestMetrics.FILES_OVERSIZED)).isEqualTo(1);
        assertThat(out.records).filteredOn(record -> record.key() == null).hasSize(1);
    }

    @Test
    void passesOverALongLineThoughItsEndComesLate() throws Exception {
        FileDoor door = open();
        log.append(AuditLines.line(1, "x".repeat(400 << 10)));
        readOn(door);
        log.append("\n").append(AuditLines.lines(2, 4));
        readOn(door);
        assertThat(read()).containsExactly(2, 3);
    }

    @Test
    void readsTheLastLineOfARotatedLogThoughItHasNoEnd() throws Exception {
        log.write(5).append(AuditLines.line(5));
        FileDoor door = open();
        readOn(door);
        assertThat(read()).isEqualTo(upTo(5));
        log.rename();
        log.append(AuditLines.lines(6, 8));
        readOn(door);
        assertThat(read()).isEqualTo(upTo(8));
    }

    @Test
    void losesNothingAndRunsNotAheadWhileNothingIsTaken() throws Exception {
        log.write(100);
        out.refuse(NotDurableException.Reason.KAFKA_AWAY);
        FileDoor door = open();
        assertThat(door.round()).isFalse();
        assertThat(door.round()).isFalse();
        door = restart(door);
        assertThat(read()).isEmpty();
        out.refuse(null);
        readOn(door);
        assertThat(read()).isEqualTo(upTo(100));
    }

    @Test
    void saysNotThatALogIsHeardWhileNothingOfItIsTaken() throws Exception {
        log.write(5);
        out.refuse(NotDurableException.Reason.KAFKA_AWAY);
        FileDoor door = open();
        door.round();
        door.round();
        assertThat(out.heard).isEmpty();
        assertThat(out.refused).hasSize(2).allMatch(origin -> origin.source().equals("node-1"));
        out.refuse(null);
        readOn(door);
        assertThat(out.heard).isNotEmpty();
    }

    @Test
    void followsEveryFileOfAPatternAsASourceOfItsOwn() throws Exception {
        Path nodes = Files.createDirectories(directory.resolve("nodes/a"));
        Files.createDirectories(directory.resolve("nodes/b"));
        Files.writeString(nodes.resolve("audit.log"), AuditLines.lines(0, 3));
        Files.writeString(nodes.resolve("audit.log.1"), AuditLines.lines(20, 23));
        Files.writeString(nodes.resolve("audit-2026-11-23T04-23-17.422.log"), AuditLines.lines(30, 33));
        Files.writeString(directory.resolve("nodes/b/audit.log"), AuditLines.lines(3, 6));
        FileDoor door =
                open(config(new LogConfig("c1", List.of(directory + "/nodes/*/audit*.log*"), "n", Start.BEGINNING)));
        readOn(door);
        assertThat(read()).containsExactlyInAnyOrderElementsOf(upTo(6));
        assertThat(out.records.stream().map(record -> record.source()).distinct())
                .containsExactlyInAnyOrder(
                        "n:" + nodes.resolve("audit.log"), "n:" + directory.resolve("nodes/b/audit.log"));
    }

    @Test
    void refusesPositionsThatAreDamagedOrOfAnotherVersionOrInUse() throws Exception {
        log.write(1);
        FileDoor door = open();
        readOn(door);
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another process");
        doors.remove(door);
        door.close();
        Path positions = directory.resolve("state/positions.json");
        String saved = Files.readString(positions);
        Files.writeString(positions, saved.substring(0, saved.length() / 2));
        assertThatThrownBy(this::open).hasMessageContaining("is damaged; move it away");
        closeDoors();
        doors.clear();
        Files.writeString(positions, saved.replace("\"version\":1", "\"version\":2"));
        assertThatThrownBy(this::open).hasMessageContaining("is of version 2");
    }

    @Test
    void shareOfMemoryIsGivenBackAfterALongLine() throws Exception {
        LineBuffer buffer = new LineBuffer(1 << 10, 1 << 20);
        Path file = directory.resolve("long");
        Files.write(file, ("x".repeat(500_000) + "\ny\n").getBytes(StandardCharsets.UTF_8));
        try (LogContent content = LogContent.open(file)) {
            buffer.fill(content);
            while (buffer.wholeLines() == 0) {
                assertThat(buffer.grow()).isTrue();
                buffer.fill(content);
            }
            buffer.consume(buffer.wholeLines());
        }
        assertThat(buffer.bytes().length).isEqualTo(1 << 10);
    }
}
