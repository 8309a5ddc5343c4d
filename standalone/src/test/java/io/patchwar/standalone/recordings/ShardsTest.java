package io.patchwar.standalone.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.Findings;
import io.patchwar.watch.ResourceSight;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found depends neither on how many shards judge nor on how many threads do. */
class ShardsTest {

    @ParameterizedTest
    @CsvSource({"scenarios, 2, 1", "scenarios, 16, 0", "scenarios, 16, 3", "metallb-chisel, 5, 2", "peace, 16, 1"})
    void findsTheSameHoweverManyJudge(String name, int shards, int helpers) throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<String> lines = new ArrayList<>();
        Recording.of(name).shuffledAndDoubled(new Random(seed)).files().forEach(lines::addAll);

        Findings alone = judged(lines, new WarWatch(WatchConfig.shipped(), key(), 1), 0);
        Findings together = judged(lines, new WarWatch(WatchConfig.shipped(), key(), shards), helpers);

        assertThat(together.wars()).isEqualTo(alone.wars());
        assertThat(together.findings()).isEqualTo(alone.findings());
        assertThat(together.muted()).isEqualTo(alone.muted());
        assertThat(together.conflicts()).isEqualTo(alone.conflicts());
        assertThat(seen(together)).isEqualTo(seen(alone));
    }

    private static DigestKey key() {
        return DigestKey.of(new byte[16]);
    }

    private static Findings judged(List<String> lines, WarWatch watch, int helpers) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < helpers; i++) {
            Thread thread = new Thread(() -> {
                while (!over.get()) {
                    if (!watch.judgeSome()) {
                        Thread.onSpinWait();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        for (String line : lines) {
            byte[] own = line.getBytes(StandardCharsets.UTF_8);
            watch.read();
            reader.read(own, 0, own.length, "audit.log", new Feed(watch));
        }
        watch.finish();
        over.set(true);
        for (Thread thread : threads) {
            thread.join(10_000);
        }
        return watch.findings();
    }

    private record Feed(WarWatch watch) implements AuditSink {
        @Override
        public void accepted(AuditEvent event) {
            watch.accept(event);
        }

        @Override
        public void skipped(SkipReason reason) {}

        @Override
        public void rejected(RejectReason reason, String detail) {}
    }

    /** What was counted, resource by resource. */
    private static Map<String, String> seen(Findings findings) {
        Map<String, String> seen = new TreeMap<>();
        findings.sight().forEach((cluster, sight) -> {
            seen.put(cluster, counts(sight));
            sight.resources().forEach((resource, counts) -> seen.put(cluster + " " + resource, counts(counts)));
        });
        return seen;
    }

    private static String counts(ClusterSight sight) {
        return List.of(
                        String.valueOf(sight.first()),
                        String.valueOf(sight.last()),
                        sight.judgedEarly(),
                        sight.evicted(),
                        sight.forgotten())
                .toString();
    }

    private static String counts(ResourceSight sight) {
        return List.of(
                        sight.writes(),
                        sight.withBodies(),
                        sight.noOps(),
                        sight.rejected(),
                        sight.duplicates(),
                        sight.late(),
                        sight.gaps(),
                        sight.resynchronised(),
                        sight.restored())
                .toString();
    }
}
