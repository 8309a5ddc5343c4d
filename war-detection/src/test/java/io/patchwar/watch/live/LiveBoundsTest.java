package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Lifecycle;
import io.patchwar.model.WarState;
import io.patchwar.model.WarUpdate;
import io.patchwar.watch.WatchConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, no more is kept than is allowed, and who takes most loses first. */
class LiveBoundsTest {
    private static final int SLICE = 50;

    @Test
    void forgetsTheColdestOfTheClusterThatHasMost() {
        Partition partition = partition(200, 64L << 20, 64L << 20, 1_000);
        Fight quiet = new Fight("quiet");
        for (int i = 0; i < 4; i++) {
            partition.event("small", "api", quiet.next());
        }
        for (int i = 0; i < 1_000; i++) {
            partition.event("noisy", "api", some("o" + i, i));
            if (i % 100 == 0) {
                partition.run().commit();
            }
            assertThat(partition.run().watch.account().objects()).isLessThanOrEqualTo(200);
        }
        for (int i = 0; i < 3; i++) {
            partition.event("small", "api", quiet.next());
        }
        partition.run();
        assertThat(partition.topic.updates).extracting(WarUpdate::lifecycle).containsExactly(Lifecycle.OPENED);
        assertThat(partition.watch.sight().get("small").evicted()).isZero();
        assertThat(partition.watch.sight().get("noisy").evicted())
                .isEqualTo(partition.watch.account().evicted())
                .isGreaterThan(800);
    }

    @Test
    void keepsTheMemoryWithinItsBytes() {
        long most = 100_000;
        Partition partition = partition(1_000_000, most, 64L << 20, 1_000);
        for (int i = 0; i < 1_000; i++) {
            partition.event("a", "api", some("o" + i, i));
            if (i % 20 == 0) {
                partition.run().commit();
            }
        }
        partition.run().commit();
        partition.event("a", "api", some("last", 2_000)).run();
        assertThat(partition.watch.account().bytes()).isLessThanOrEqualTo(most).isGreaterThan(most / 2);
        assertThat(bytesIn(partition.memory))
                .isEqualTo(partition.watch.account().bytes());
        assertThat(partition.watch.account().evicted()).isPositive();
    }

    @Test
    void tellsThatAWarEndedWhichItHasNoRoomToFollow() {
        Partition partition = partition(1_000_000, 3_000, 64L << 20, 1_000);
        Fight one = new Fight("one");
        Fight other = new Fight("other", one.time().plusSeconds(1), Duration.ofSeconds(10));
        for (int i = 0; i < 3 * Fight.OPENS; i++) {
            partition
                    .event("a", "api", one.next())
                    .event("a", "api", other.next())
                    .run()
                    .commit();
        }
        assertThat(partition.watch.account().evicted()).isPositive();
        assertThat(partition.topic.updates).extracting(WarUpdate::lifecycle).contains(Lifecycle.ENDED);
        assertThat(partition.watch.account().activeWars())
                .isEqualTo(partition.topic.standing().stream()
                        .filter(war -> war.state() == WarState.ONGOING)
                        .count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void judgesTheSameHoweverFewObjectsAreHot(int hot) {
        Partition partition = partition(1_000_000, 64L << 20, 64L << 20, hot);
        List<Fight> fights = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            fights.add(new Fight("web" + i));
        }
        Random random = new Random(7);
        for (int i = 0; i < Fight.OPENS; i++) {
            for (Fight fight : fights) {
                partition.event("a", "api", fight.next()).run();
                if (random.nextInt(10) == 0) {
                    partition.commit();
                }
            }
        }
        assertThat(partition.topic.updates)
                .extracting(WarUpdate::lifecycle)
                .hasSize(20)
                .containsOnly(Lifecycle.OPENED);
        partition.commit();
        partition.event("a", "api", fights.get(0).next()).run();
        assertThat(partition.watch.account().hotObjects()).isLessThanOrEqualTo(hot);
    }

    @Test
    void judgesEarlyWhatTheClusterHoldsThatHoldsMost() {
        LiveConfig config = config(1_000_000, 64L << 20, 20_000, 1_000);
        Partition partition = new Partition(config);
        for (String cluster : List.of("small", "noisy")) {
            partition.heartbeat(cluster, "api", Instant.EPOCH, true).heartbeat(cluster, "other", Instant.EPOCH, true);
        }
        partition.event("small", "api", some("o", 0));
        for (int i = 0; i < 100; i++) {
            partition.event("noisy", "api", some("o" + i, 0));
        }
        partition.run();
        LiveAccount account = partition.watch.account();
        assertThat(account.heldBytes()).isLessThanOrEqualTo(20_000).isGreaterThan(15_000);
        assertThat(account.judgedEarly()).isEqualTo(account.judged()).isEqualTo(101 - account.heldEvents());
        assertThat(partition.watch.sight().get("noisy").judgedEarly()).isEqualTo(account.judgedEarly());
        assertThat(partition.watch.sight().get("small").judgedEarly()).isZero();
    }

    @Test
    void forgetsWhatWasSilentForAWindowOfItsOwnClustersTime() {
        Partition partition = partition(1_000_000, 64L << 20, 64L << 20, 10);
        Duration window = WatchConfig.DEFAULT.rules().window();
        for (int i = 0; i < 120; i++) {
            partition.event("heard", "api", some("o" + i, 0)).event("unheard", "api", some("o" + i, 0));
        }
        partition.event("heard", "api", some("late", 60)).run().commit();
        beat(partition, Fight.START.plus(window), 10);
        assertThat(partition.watch.account().expired()).isZero();
        beat(partition, Fight.START.plus(window).plusSeconds(1), 10);
        assertThat(partition.watch.account().expired()).isEqualTo(120);
        assertThat(partition.watch.account().objects()).isEqualTo(121);
        beat(partition, Fight.START.plus(window).plusSeconds(61), 10);
        assertThat(partition.watch.account().objects()).isEqualTo(120);
        assertThat(partition.watch.account().evicted()).isZero();
    }

    @Test
    void looksAtNoMoreThanASliceAtATime() {
        Partition partition = partition(1_000_000, 64L << 20, 64L << 20, 10);
        for (int i = 0; i < 500; i++) {
            partition.event("a", "api", some("o" + i, 0));
        }
        partition.run().commit();
        Instant cold = Fight.START.plus(Duration.ofDays(1));
        for (int slice = 1; slice <= 10; slice++) {
            beat(partition, "a", cold, 1);
            assertThat(partition.watch.account().expired()).isEqualTo(slice * (long) SLICE);
        }
        assertThat(partition.watch.account().objects()).isZero();
        assertThat(partition.watch.account().bytes()).isZero();
    }

    @Test
    void keepsCountingRightAfterCrashesAtAnyPlace() {
        Partition partition = partition(1_000_000, 64L << 20, 64L << 20, 10);
        Random random = new Random(11);
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 20; i++) {
                partition.event("a", "api", some("o" + random.nextInt(300), round));
            }
            partition.run();
            if (random.nextBoolean()) {
                partition.crashCommitting(random);
                partition.run();
            }
            partition.commit();
        }
        // Counting again takes a walk over everything.
        beat(partition, "a", Fight.START, 20);
        partition.commit();
        assertThat(partition.watch.account().objects()).isEqualTo(objectsIn(partition.memory));
        assertThat(partition.watch.account().bytes()).isEqualTo(bytesIn(partition.memory));
        partition.restart();
        assertThat(partition.watch.account().objects()).isEqualTo(objectsIn(partition.memory));
    }

    @Test
    void givesUpTheBaselineOfAnObjectThatFitsIntoNoValue() {
        LiveConfig base = config(1_000_000, 64L << 20, 64L << 20, 10);
        LiveConfig config = new LiveConfig(
                base.watch(),
                base.progress(),
                base.hotObjects(),
                base.hotBytes(),
                base.storedBytes(),
                4_000,
                base.slice());
        Partition partition = new Partition(config);
        oneSource(partition, "a");
        Fight fight = new Fight("web");
        partition.event("a", "api", fight.next("x".repeat(3_000))).run().restart();
        assertThat(partition.watch.account().oversized()).isZero();
        partition.event("a", "api", fight.next("x".repeat(6_000))).run().commit();
        assertThat(partition.watch.account().oversized()).isOne();
        partition.memory.scan(new byte[0], null, (key, value) -> {
            assertThat(value.length).isLessThanOrEqualTo(4_000);
            return true;
        });
        int changes = partition.topic.changes.size();
        partition.event("a", "api", fight.next()).run();
        assertThat(partition.topic.changes).as("a new baseline invents nothing").hasSize(changes);
        partition.event("a", "api", fight.next()).run();
        assertThat(partition.topic.changes).hasSize(changes + 1);
    }

    @Test
    void packsALargeObjectSoThatItFits() {
        Partition partition = partition(1_000_000, 64L << 20, 64L << 20, 10);
        Fight fight = new Fight("web");
        for (int i = 0; i < Fight.OPENS; i++) {
            partition.event("a", "api", fight.next("x".repeat(200_000))).run().restart();
        }
        assertThat(partition.topic.updates).hasSize(1);
        assertThat(bytesIn(partition.memory)).isLessThan(20_000);
    }

    private static byte[] some(String name, int seconds) {
        return Fight.line(name, "metallb", "192.0.2.65", Fight.START.plusSeconds(seconds), 100 + seconds, "");
    }

    private static void beat(Partition partition, Instant heardUpTo, int times) {
        beat(partition, "heard", heardUpTo, times);
    }

    private static void beat(Partition partition, String cluster, Instant heardUpTo, int times) {
        for (int i = 0; i < times; i++) {
            partition.heartbeat(cluster, "api", heardUpTo, true);
        }
        partition.run();
    }

    private static long objectsIn(ObjectMemory memory) {
        long[] objects = {0};
        memory.scan(MemoryKey.FIRST_OBJECT, null, (key, value) -> ++objects[0] > 0);
        return objects[0];
    }

    private static long bytesIn(ObjectMemory memory) {
        long[] bytes = {0};
        memory.scan(MemoryKey.FIRST_OBJECT, null, (key, value) -> (bytes[0] += value.length) > 0);
        return bytes[0];
    }

    private static Partition partition(int objects, long bytes, long held, int hot) {
        Partition partition = new Partition(config(objects, bytes, held, hot));
        for (String cluster : List.of("a", "small", "noisy", "heard", "unheard")) {
            oneSource(partition, cluster);
        }
        return partition;
    }

    private static void oneSource(Partition partition, String cluster) {
        partition.heartbeat(cluster, "api", Instant.EPOCH, true).heartbeat(cluster, "api", Instant.EPOCH, true);
        partition.run();
    }

    private static LiveConfig config(int objects, long bytes, long held, int hot) {
        WatchConfig watch = WatchConfig.DEFAULT.bounded(1_000, held, objects, 1, 10_000);
        LiveConfig live = LiveConfig.of(watch);
        return new LiveConfig(watch, live.progress(), hot, live.hotBytes(), bytes, live.mostValueBytes(), SLICE);
    }
}
