package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import io.patchwar.model.WarState;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.watch.WatchConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Time, sources and what is told, as a stream has them. */
class LiveWatchTest {
    private static final Duration QUIET = Duration.ofMinutes(5);

    private final LiveConfig config = LiveConfig.of(WatchConfig.DEFAULT);
    private final Partition partition = new Partition(config);

    @Test
    void tellsOfAWarWithTheWriteThatOpensIt() {
        oneSource("a");
        Fight fight = new Fight("web");
        for (int i = 1; i < Fight.OPENS; i++) {
            partition.event("a", "api", fight.next()).run();
            assertThat(lifecycles()).as("write %d", i).isEmpty();
        }
        partition.event("a", "api", fight.next()).run();
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        War war = partition.topic.updates.get(0).war();
        assertThat(war.fields()).containsExactly("status.loadBalancer.ingress");
        assertThat(war.evidence()).isNotEmpty();
        assertThat(partition.watch.account().activeWars()).isOne();
    }

    @Test
    void holdsForTheGraceWhereThereAreTwoSources() {
        twoSources("a");
        Fight fight = open("a", "web");
        assertThat(lifecycles()).isEmpty();
        heartbeat("a", "api", fight.time().plus(config.watch().grace()).minusNanos(1_000));
        assertThat(lifecycles()).isEmpty();
        heartbeat("a", "api", fight.time().plus(config.watch().grace()));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        assertThat(partition.watch.account().heldEvents()).isZero();
    }

    @Test
    void holdsAsLongAsNobodySaidThatTheOnlySourceIsInOrder() {
        Fight fight = open("a", "web");
        assertThat(lifecycles()).isEmpty();
        partition
                .event("a", "api", Fight.line("other", "x", "y", fight.time().plusSeconds(5), 1, ""))
                .run();
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
    }

    @Test
    void judgesWhatItHeldOnceTheOtherSourceIsSilent() {
        twoSources("a");
        Fight fight = open("a", "web");
        // Their clock stands still; only that the other one misses its turn three times tells that it is gone.
        for (int missed = 1; missed <= 3; missed++) {
            assertThat(lifecycles()).isEmpty();
            heartbeat("a", "api", fight.time());
        }
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        assertThat(partition.watch.account().heldEvents()).isZero();
    }

    @Test
    void holdsAgainOnceAnEventComesFromASecondSource() {
        oneSource("a");
        Fight fight = new Fight("web");
        partition
                .event("a", "api", fight.next())
                .event("a", "other", fight.next())
                .run();
        assertThat(partition.watch.account().heldEvents()).isOne();
    }

    @Test
    void outlivesFiveMinutesAndMoreInWhichItsClusterIsNotHeard() {
        oneSource("a");
        oneSource("b");
        Fight fight = open("a", "web");
        for (int minutes = 1; minutes < 600; minutes++) {
            heartbeat("b", "api", fight.time().plus(Duration.ofMinutes(minutes)));
        }
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        assertThat(partition.watch.account().activeWars()).isOne();
        heartbeat("a", "api", fight.time().plusSeconds(600));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ENDED);
    }

    @Test
    void endsByHeartbeatsAloneAndNotASecondTooSoon() {
        oneSource("a");
        Fight fight = open("a", "web");
        heartbeat("a", "api", fight.time().plus(QUIET));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        heartbeat("a", "api", fight.time().plus(QUIET).plusNanos(1_000));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ENDED);
        War war = last().war();
        assertThat(war.state()).isEqualTo(WarState.ENDED);
        assertThat(war.endedAt()).isEqualTo(fight.time());
        assertThat(partition.watch.account().activeWars()).isZero();
    }

    @Test
    void doesNotEndForAnEventThatIsStillHeld() {
        twoSources("a");
        Fight fight = open("a", "web");
        Instant quiet = fight.time().plus(QUIET);
        heartbeat("a", "api", fight.time().plusSeconds(5));
        fight.rest(QUIET.minusSeconds(12));
        partition.event("a", "api", fight.next()).run();
        assertThat(fight.time()).isBefore(quiet);
        heartbeat("a", "api", quiet.plusSeconds(2));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        heartbeat("a", "api", quiet.plusSeconds(10));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ONGOING);
    }

    @Test
    void breaksOutAnewAsTheSameWar() {
        oneSource("a");
        Fight fight = open("a", "web");
        heartbeat("a", "api", fight.time().plusSeconds(1_000));
        fight.rest(Duration.ofHours(2));
        partition.event("a", "api", fight.next()).run();
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ENDED, Lifecycle.REOPENED);
        assertThat(partition.topic.updates)
                .extracting(u -> u.war().id())
                .containsOnly(last().war().id());
    }

    @Test
    void isAnotherWarAfterAWindowOfPeace() {
        oneSource("a");
        Fight fight = open("a", "web");
        fight.rest(config.watch().rules().window().plusSeconds(60));
        play("a", fight, Fight.OPENS - 1);
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ENDED, Lifecycle.OPENED);
        assertThat(partition.topic.updates.get(2).war().id())
                .isNotEqualTo(partition.topic.updates.get(0).war().id());
    }

    @Test
    void hasAClockForEachCluster() {
        oneSource("early");
        oneSource("late");
        Instant hoursBefore = Fight.START.minus(Duration.ofHours(5));
        Fight late = new Fight("web");
        Fight early = new Fight("web", hoursBefore, Duration.ofSeconds(10));
        for (int i = 0; i < Fight.OPENS; i++) {
            partition.event("late", "api", late.next()).event("early", "api", early.next());
        }
        partition.run();
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.OPENED);
        assertThat(partition.watch.account().late()).isZero();
        heartbeat("late", "api", late.time().plusSeconds(600));
        assertThat(last().lifecycle()).isEqualTo(Lifecycle.ENDED);
        assertThat(last().war().object().cluster()).isEqualTo("late");
        heartbeat("early", "api", early.time().plusSeconds(600));
        assertThat(last().war().object().cluster()).isEqualTo("early");
        assertThat(lifecycles()).hasSize(4);
    }

    @Test
    void tellsOfMereProgressOnceASecondAndOfTheLastStateAlways() {
        oneSource("a");
        Fight fight = new Fight("web", Fight.START, Duration.ofMillis(70));
        play("a", fight, 14 * 60);
        long ongoing = lifecycles().stream().filter(l -> l == Lifecycle.ONGOING).count();
        assertThat(ongoing).isBetween(50L, 60L);
        heartbeat("a", "api", fight.time().plusSeconds(2));
        War war = last().war();
        assertThat(war.lastChangeAt()).isEqualTo(fight.time());
        assertThat(war.reversals()).isGreaterThan(800);
        int told = partition.topic.updates.size();
        heartbeat("a", "api", fight.time().plusSeconds(60));
        assertThat(partition.topic.updates).hasSize(told);
    }

    @Test
    void tellsNothingAgainAfterARestartAndGoesOn() {
        oneSource("a");
        Fight fight = open("a", "web");
        partition.restart();
        heartbeat("a", "api", fight.time().plusSeconds(1));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        assertThat(partition.watch.account().activeWars()).isOne();
        partition.event("a", "api", fight.next()).run();
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ONGOING);
        assertThat(last().war().revision()).isEqualTo(2);
        partition.restart();
        heartbeat("a", "api", fight.time().plusSeconds(1_000));
        assertThat(last().lifecycle()).isEqualTo(Lifecycle.ENDED);
    }

    /** Of a war's own counts, which a restart keeps, they are the other side: it would be most of its cluster's writes else. */
    @Test
    void knowsAfterARestartWhatItsClusterWroteBefore() {
        oneSource("a");
        Fight fight = open("a", "web");
        List<ClusterLoad> before = partition.watch.loads(3);
        assertThat(before.get(0).writes().sum(fight.time())).isEqualTo(Fight.OPENS);
        partition.restart();
        assertThat(partition.watch.loads(3)).isEqualTo(before);
        partition.event("a", "api", fight.next()).run();
        ClusterLoad after = partition.watch.loads(3).get(0);
        assertThat(after.writes().sum(fight.time())).isEqualTo(Fight.OPENS + 1);
        assertThat(after.since()).isEqualTo(before.get(0).since());
    }

    @Test
    void saysAfterARestartWhatWasHeldBackBefore() {
        oneSource("a");
        Fight fight = new Fight("web", Fight.START, Duration.ofMillis(70));
        play("a", fight, Fight.OPENS + 3);
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        partition.restart();
        heartbeat("a", "api", fight.time().plusSeconds(2));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ONGOING);
        assertThat(last().war().lastChangeAt()).isEqualTo(fight.time());
    }

    @Test
    void findsTheSameWarsWhenAllIsLostAndReadAgain() {
        oneSource("a");
        Fight fight = open("a", "web");
        play("a", fight, 30);
        heartbeat("a", "api", fight.time().plusSeconds(1_000));
        Partition again = new Partition(config);
        oneSource(again, "a");
        Fight same = new Fight("web");
        for (int i = 0; i < Fight.OPENS + 30; i++) {
            again.event("a", "api", same.next());
        }
        again.heartbeat("a", "api", same.time().plusSeconds(1_000), true).run();
        assertThat(again.topic.updates).isEqualTo(partition.topic.updates);
    }

    @Test
    void keepsWhatItHoldsOverARestart() {
        twoSources("a");
        Fight fight = open("a", "web");
        partition.restart();
        assertThat(partition.watch.account().heldEvents()).isPositive();
        heartbeat("a", "api", fight.time().plusSeconds(10));
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED);
        partition.restart();
        assertThat(partition.watch.account().heldEvents()).isZero();
    }

    @Test
    void countsARetryOnceUntilTenMinutesAreOver() {
        oneSource("a");
        byte[] write = Fight.line("web", "metallb", "192.0.2.65", Fight.START, 1, "");
        partition.event("a", "api", write);
        partition.heartbeat("a", "api", Fight.START.plus(Fingerprints.REMEMBERED), true);
        partition.event("a", "api", write).run();
        assertThat(partition.watch.account().duplicates()).isOne();
        partition.heartbeat(
                "a", "api", Fight.START.plus(Fingerprints.REMEMBERED).plusSeconds(1), true);
        partition.event("a", "api", write).run();
        assertThat(partition.watch.account().duplicates()).isOne();
        partition.restart();
        partition.event("a", "api", write).run();
        assertThat(partition.watch.account().duplicates()).isOne();
    }

    @Test
    void knowsWhatItReadBeforeWhenItIsReadAgain() {
        oneSource("a");
        open("a", "web");
        partition.commit();
        int changes = partition.topic.changes.size();
        partition.rewind(0);
        partition.run();
        assertThat(partition.watch.account().replayed()).isEqualTo(Fight.OPENS);
        assertThat(partition.topic.changes).hasSize(changes);
    }

    @Test
    void takesATopicThatBeginsAnewForNewAndNotForReadAgain() {
        oneSource("a");
        Fight fight = open("a", "web");
        partition.restart();
        partition.forgetItems();
        oneSource("a");
        play("a", fight, 2);
        assertThat(partition.watch.account().replayed()).isZero();
        assertThat(partition.watch.account().judged()).isEqualTo(2);
    }

    @Test
    void tellsWhatEachWriteChanged() {
        oneSource("a");
        play("a", new Fight("web"), 3);
        assertThat(partition.topic.changes).hasSize(2);
        assertThat(partition.topic.changes.get(1).changes()).singleElement().satisfies(change -> {
            assertThat(change.path()).isEqualTo("status.loadBalancer.ingress");
            assertThat(change.to().text()).contains("192.0.2.65");
        });
    }

    @Test
    void refusesAMemoryOfAnotherDigestKey() {
        partition.commit();
        LiveWatch other = new LiveWatch(config, DigestKey.random(), partition.memory, partition.topic);
        assertThatThrownBy(other::restore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("digest key");
    }

    @Test
    void goesOnAfterACrashBetweenCommits() {
        oneSource("a");
        Fight fight = new Fight("web");
        play("a", fight, 5);
        partition.commit();
        play("a", fight, 2);
        partition.crash(new Random(1));
        play("a", fight, 1);
        assertThat(lifecycles()).containsExactly(Lifecycle.OPENED, Lifecycle.ONGOING);
    }

    private List<Lifecycle> lifecycles() {
        return partition.topic.updates.stream().map(WarUpdate::lifecycle).toList();
    }

    private WarUpdate last() {
        return partition.topic.updates.get(partition.topic.updates.size() - 1);
    }

    private Fight open(String cluster, String name) {
        Fight fight = new Fight(name);
        play(cluster, fight, Fight.OPENS);
        return fight;
    }

    private void play(String cluster, Fight fight, int writes) {
        for (int i = 0; i < writes; i++) {
            partition.event(cluster, "api", fight.next());
        }
        partition.run();
    }

    private void heartbeat(String cluster, String source, Instant heardUpTo) {
        partition.heartbeat(cluster, source, heardUpTo, true).run();
    }

    private void oneSource(String cluster) {
        oneSource(partition, cluster);
    }

    private static void oneSource(Partition partition, String cluster) {
        partition.heartbeat(cluster, "api", Instant.EPOCH, true);
        partition.heartbeat(cluster, "api", Instant.EPOCH, true).run();
    }

    private void twoSources(String cluster) {
        heartbeat(cluster, "api", Instant.EPOCH);
        heartbeat(cluster, "other", Instant.EPOCH);
    }
}
