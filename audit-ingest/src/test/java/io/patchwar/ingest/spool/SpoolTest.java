package io.patchwar.ingest.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    @TempDir
    private Path folder;

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void givesBackWhatItTookInItsOrderAndThenHoldsNothing() throws Exception {
        try (Spool spool = on(disk, 64 << 20)) {
            for (int i = 0; i < 100; i++) {
                put(spool, "r" + i);
            }
            assertThat(spool.isEmpty()).isFalse();
            assertThat(spool.oldest()).isEqualTo(NOW);

            assertThat(drain(spool)).containsExactlyElementsOf(names(0, 100));

            assertThat(spool.isEmpty()).isTrue();
            assertThat(spool.oldest()).isNull();
            await().atMost(Duration.ofSeconds(20)).until(() -> disk.total() == 0);
            put(spool, "again");
            assertThat(drain(spool)).containsExactly("again");
        }
    }

    @Test
    void keepsEveryPartOfARecord() throws Exception {
        OutRecord event =
                new OutRecord(TopicName.AUDIT_EVENTS, new byte[] {1, 2}, new byte[] {3}, "prod", "master-1", NOW);
        OutRecord letter = new OutRecord(TopicName.DEAD_LETTERS, null, new byte[0], "prod", "", NOW.plusMillis(5));
        try (Spool spool = on(disk, 1 << 20)) {
            spool.append(List.of(event, letter)).get(20, TimeUnit.SECONDS);

            assertThat(spool.next(1)).usingRecursiveComparison().isEqualTo(List.of(event, letter));
        }
    }

    @Test
    void handsOutTheSameUntilItIsLetGo() throws Exception {
        try (Spool spool = on(disk, 1 << 20)) {
            put(spool, "a");
            put(spool, "b");

            assertThat(names(spool.next(1))).containsExactly("a");
            assertThat(names(spool.next(1))).containsExactly("a");
            spool.done();
            assertThat(names(spool.next(1))).containsExactly("b");
        }
    }

    @Test
    void findsAfterARestartWhatWasNotLetGo() throws Exception {
        SpoolConfig config = new SpoolConfig(folder.resolve("spool"), 1 << 20, true);
        try (Spool spool = Spool.open(config)) {
            for (int i = 0; i < 10; i++) {
                put(spool, "r" + i);
            }
            for (int i = 0; i < 4; i++) {
                spool.next(1);
                spool.done();
            }
        }
        try (Spool spool = Spool.open(config)) {
            put(spool, "r10");
            assertThat(drain(spool)).containsExactlyElementsOf(names(4, 11));
        }
        // Numbers are not used twice, or what is new would be taken for what was drained.
        for (int round = 0; round < 3; round++) {
            try (Spool spool = Spool.open(config)) {
                put(spool, "round" + round);
            }
            try (Spool spool = Spool.open(config)) {
                assertThat(drain(spool)).containsExactly("round" + round);
            }
        }
    }

    @Test
    void isOneProcesssAlone() throws Exception {
        SpoolConfig config = new SpoolConfig(folder.resolve("spool"), 1 << 20, true);
        try (Spool first = Spool.open(config)) {
            assertThat(first.isEmpty()).isTrue();
            assertThatThrownBy(() -> Spool.open(config))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process");
        }
    }

    @Test
    void losesNothingItAcknowledgedWhenTheMachineLosesPower() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            MemoryDisk before = new MemoryDisk();
            List<String> acknowledged = new ArrayList<>();
            List<String> drained = new ArrayList<>();
            MemoryDisk after;
            // Segments end at 64 KiB: incompressible values make several of them.
            try (Spool spool = on(before, 64 << 20)) {
                int appends = 1 + random.nextInt(60);
                for (int i = 0; i < appends; i++) {
                    byte[] value = new byte[random.nextInt(9_000)];
                    random.nextBytes(value);
                    OutRecord record = record("r" + i, value);
                    spool.append(List.of(record)).get(20, TimeUnit.SECONDS);
                    acknowledged.add("r" + i);
                    if (random.nextInt(4) == 0) {
                        drained.addAll(names(spool.next(random.nextInt(40_000))));
                        spool.done();
                    }
                }
                CompletableFuture<Void> torn = spool.append(List.of(record("torn", new byte[100])));
                after = before.afterCrash(random);
                torn.get(20, TimeUnit.SECONDS);
            }
            try (Spool spool = on(after, 64 << 20)) {
                List<String> found = drain(spool);
                found.remove("torn");
                assertThat(drained).isSubsetOf(acknowledged);
                acknowledged.removeAll(drained);
                assertThat(found).as("seed %d round %d", seed, round).endsWith(acknowledged.toArray(String[]::new));
            }
        }
    }

    @Test
    void cutsOffWhatWasNotWrittenToItsEnd() throws Exception {
        try (Spool spool = on(disk, 1 << 20)) {
            put(spool, "whole");
            put(spool, "torn");
        }
        disk.cut(1, 3);

        try (Spool spool = on(disk, 1 << 20)) {
            assertThat(drain(spool)).containsExactly("whole");
            assertThat(spool.damagedBytes()).isPositive();
        }
    }

    @Test
    void leavesOutWhatIsDamagedAndGoesOnBehindIt() throws Exception {
        try (Spool spool = on(disk, 1 << 20)) {
            put(spool, "a");
            put(spool, "b");
        }
        disk.damage(1, (int) disk.total() / 2 + 3);

        try (Spool spool = on(disk, 1 << 20)) {
            assertThat(drain(spool)).containsExactly("b");
            assertThat(spool.isEmpty()).isTrue();
            assertThat(spool.damagedBytes()).isPositive();
        }
    }

    @Test
    void refusesMoreThanItMayHoldAndTakesAgainWhenSomeIsDrained() throws Exception {
        Random random = new Random(1);
        try (Spool spool = on(disk, 1 << 20)) {
            int taken = 0;
            Reason refused = null;
            while (refused == null) {
                byte[] value = new byte[50_000];
                random.nextBytes(value);
                refused = refusal(spool.append(List.of(record("r" + taken, value))));
                taken += refused == null ? 1 : 0;
            }

            assertThat(refused).isEqualTo(Reason.SPOOL_FULL);
            assertThat(spool.bytes()).isLessThanOrEqualTo(1 << 20);
            assertThat(spool.refusedFull()).isEqualTo(1);
            assertThat(spool.check().ok()).isFalse();
            assertThat(drain(spool)).hasSize(taken);
            await().atMost(Duration.ofSeconds(20)).until(() -> spool.bytes() == 0);
            put(spool, "again");
            assertThat(spool.check().ok()).isTrue();
        }
    }

    @Test
    void staysWholeWhenTheDiskIsFull() throws Exception {
        try (Spool spool = on(disk, 64 << 20)) {
            put(spool, "a");
            for (long free = 0; free < 60; free += 7) {
                disk.free(free);
                assertThat(refusal(spool.append(List.of(record("lost", new byte[300])))))
                        .isEqualTo(Reason.SPOOL_DISK);
                assertThat(spool.check().ok()).isFalse();
            }
            disk.free(Long.MAX_VALUE);
            put(spool, "b");
            assertThat(spool.check().ok()).isTrue();
            assertThat(spool.refusedDisk()).isEqualTo(9);
            assertThat(drain(spool)).containsExactly("a", "b");
        }
    }

    @Test
    void isDrainedThoughTheDiskTakesNothingMore() throws Exception {
        try (Spool spool = on(disk, 64 << 20)) {
            put(spool, "a");
            put(spool, "b");
            disk.free(0);

            assertThat(drain(spool)).containsExactly("a", "b");
            assertThat(spool.isEmpty()).isTrue();
        }
    }

    @Test
    void syncsTogetherWhatComesTogether() throws Exception {
        try (Spool spool = on(disk, 64 << 20)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(spool.append(List.of(record("r" + i, new byte[10]))));
            }
            for (CompletableFuture<Void> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
            assertThat(disk.forced).isLessThanOrEqualTo(500);
            assertThat(drain(spool)).containsExactlyElementsOf(names(0, 500));
        }
    }

    private static Spool on(MemoryDisk disk, long capacity) throws IOException {
        return Spool.on(disk, new SpoolConfig(Path.of("memory"), capacity, true));
    }

    private static void put(Spool spool, String name) throws Exception {
        spool.append(List.of(record(name, new byte[0]))).get(20, TimeUnit.SECONDS);
    }

    private static OutRecord record(String name, byte[] value) {
        return new OutRecord(TopicName.AUDIT_EVENTS, name.getBytes(StandardCharsets.UTF_8), value, "prod", "s", NOW);
    }

    private static Reason refusal(CompletableFuture<Void> future) {
        try {
            future.join();
            return null;
        } catch (CompletionException e) {
            return ((NotDurableException) e.getCause()).reason();
        }
    }

    private static List<String> drain(Spool spool) throws IOException {
        List<String> all = new ArrayList<>();
        List<OutRecord> next = spool.next(1_000);
        while (!next.isEmpty() || !spool.isEmpty()) {
            all.addAll(names(next));
            spool.done();
            next = spool.next(1_000);
        }
        return all;
    }

    private static List<String> names(List<OutRecord> records) {
        return records.stream()
                .map(r -> new String(r.key(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> names(int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i < to; i++) {
            names.add("r" + i);
        }
        return names;
    }
}
