package io.patchwar.processor.board;

import static io.patchwar.processor.WarBuilder.START;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Lifecycle;
import io.patchwar.model.Minutes;
import io.patchwar.model.Severity;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.ClusterLoad.WantOfRoom;
import io.patchwar.pressure.Measured;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.pressure.SeverityBoard;
import io.patchwar.processor.WarBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WarBoardTest {
    private static final Duration UNHEARD = Duration.ofMinutes(2);
    private static final Duration FORGET = Duration.ofDays(7);
    private static final Instant NOW = START.plusSeconds(90);

    private final WarBoard board = board(100, 1 << 20);

    private static WarBoard board(int mostWars, long mostBytes) {
        return board(mostWars, mostBytes, cluster -> Measured.NOTHING);
    }

    private static WarBoard board(int mostWars, long mostBytes, Function<String, Measured> measured) {
        return new WarBoard(
                new BoardBounds(mostWars, mostBytes, 3, UNHEARD, FORGET),
                new SeverityBoard(PressureConfig.DEFAULT),
                measured);
    }

    private void put(WarBuilder war) {
        board.put(war.update(), 1_000, NOW);
    }

    private static ClusterLoad load(String cluster, Instant time) {
        return new ClusterLoad(cluster, 0, START, time, Minutes.NONE, Minutes.NONE, List.of());
    }

    @Test
    void showsTheNewestRevisionOfAWar() {
        put(war("a").revision(2).reversals(20));
        put(war("a").revision(1).reversals(10));
        assertThat(board.view(NOW).standings())
                .singleElement()
                .satisfies(s -> assertThat(s.war().reversals()).isEqualTo(20));
    }

    @Test
    void believesALowerRevisionThatKnowsOfALaterChange() {
        put(war("a").revision(9).reversals(20));
        put(war("a").revision(1).reversals(3).lastAt(NOW.plusSeconds(60)));
        assertThat(board.view(NOW).standings())
                .singleElement()
                .satisfies(s -> assertThat(s.war().reversals()).isEqualTo(3));
    }

    @Test
    void aTombstoneTakesAWarAway() {
        put(war("a"));
        board.remove("a");
        assertThat(board.view(NOW).standings()).isEmpty();
    }

    @Test
    void aFindingThatIsWithdrawnIsGone() {
        put(war("a").of(WarClass.HOT_LOOP));
        board.put(new WarUpdate(war("a").of(WarClass.HOT_LOOP).revision(2).build(), Lifecycle.WITHDRAWN), 10, NOW);
        assertThat(board.view(NOW).standings()).isEmpty();
    }

    @Test
    void anEndedWarStaysUntilItsTombstone() {
        put(war("a").ended());
        assertThat(board.view(NOW).standings()).hasSize(1);
    }

    @Test
    void judgesSeverityAnew() {
        put(war("a").over("spec.replicas").severity(Severity.INFO));
        put(war("b").over("metadata.labels[x]").severity(Severity.CRITICAL).every(Duration.ofHours(1)));
        assertThat(board.view(NOW).standings())
                .extracting(s -> s.war().id() + " " + s.war().severity())
                .containsExactly("a WARNING", "b INFO");
    }

    @Test
    void whatIsFoughtStandsBeforeWhatHasEnded() {
        put(war("a").ended().reversals(1_000));
        put(war("b"));
        assertThat(board.view(NOW).standings()).extracting(s -> s.war().id()).containsExactly("b", "a");
    }

    @Test
    void theSameViewIsShownWhileNothingChanges() {
        put(war("a"));
        BoardView first = board.view(NOW);
        assertThat(board.view(NOW.plusSeconds(1))).isSameAs(first);
        put(war("a").revision(2));
        assertThat(board.view(NOW.plusSeconds(2)).version()).isGreaterThan(first.version());
    }

    @Test
    void aClusterWhoseClockMovesIsHeard() {
        put(war("a"));
        board.load(load("prod-eu", START.plusSeconds(100)), NOW.plusSeconds(100));
        BoardView view = board.view(NOW.plusSeconds(100).plus(UNHEARD).minusMillis(1));
        assertThat(view.clusters().get("prod-eu").heard()).isTrue();
        assertThat(view.standings().get(0).heard()).isTrue();
    }

    @Test
    void warsOfAClusterThatIsNotHeardStayAndAreMarked() {
        put(war("a"));
        board.load(load("prod-eu", START.plusSeconds(100)), NOW.plusSeconds(100));
        board.view(NOW.plusSeconds(100));
        BoardView view = board.view(NOW.plusSeconds(100).plus(UNHEARD));
        assertThat(view.clusters().get("prod-eu").heard()).isFalse();
        assertThat(view.standings())
                .singleElement()
                .satisfies(s -> assertThat(s.heard()).isFalse());
    }

    @Test
    void aClusterThatIsNoMoreGoesWithItsWarsAfterAWhileOfOurTime() {
        put(war("a"));
        board.load(load("prod-eu", START.plusSeconds(100)), NOW.plusSeconds(100));
        board.load(load("another", START), NOW.plus(FORGET));
        Instant gone = NOW.plusSeconds(100).plus(FORGET);

        assertThat(board.view(gone.minusMillis(1)).clusters()).containsOnlyKeys("another", "prod-eu");
        assertThat(board.view(gone).clusters()).containsOnlyKeys("another");
        assertThat(board.view(gone).standings()).isEmpty();
    }

    @Test
    void aClusterThatComesBackIsShownAgain() {
        board.load(load("prod-eu", START), NOW);
        Instant later = NOW.plus(FORGET);
        board.view(later);
        board.put(war("a").update(), 1_000, later);
        board.load(load("prod-eu", START.plusSeconds(100)), later);

        assertThat(board.view(later).clusters().get("prod-eu").heard()).isTrue();
        assertThat(board.view(later).standings()).hasSize(1);
    }

    @Test
    void aCountThatIsRepeatedWithoutTimePassingIsNoHearing() {
        board.load(load("prod-eu", START), NOW);
        board.load(load("prod-eu", START), NOW.plus(UNHEARD));
        assertThat(board.view(NOW.plus(UNHEARD)).clusters().get("prod-eu").heard())
                .isFalse();
    }

    @Test
    void forgetsFirstWhatEndedFirst() {
        WarBoard small = board(3, 1 << 20);
        small.put(war("old").ended().lastAt(START).update(), 10, NOW);
        small.put(war("new").ended().lastAt(START.plusSeconds(5)).update(), 10, NOW);
        small.put(war("fought").lastAt(START.minusSeconds(99)).update(), 10, NOW);
        small.put(war("one-more").update(), 10, NOW);
        assertThat(small.view(NOW).standings())
                .extracting(s -> s.war().id())
                .containsExactlyInAnyOrder("new", "fought", "one-more");
        assertThat(small.evicted()).isEqualTo(1);
    }

    @Test
    void isBoundedInBytesToo() {
        WarBoard small = board(100, 10_000);
        for (int i = 0; i < 50; i++) {
            small.put(war("w" + i).lastAt(START.plusSeconds(i)).update(), 1_000, NOW);
        }
        assertThat(small.view(NOW).standings()).hasSizeBetween(9, 10);
    }

    @Test
    void ofMoreClustersThanItCountsWarsAreShownAllTheSame() {
        for (int i = 0; i < 5; i++) {
            put(war("w" + i).in("c" + i));
        }
        BoardView view = board.view(NOW);
        assertThat(view.standings()).hasSize(5);
        assertThat(view.clusters()).hasSize(3);
    }

    @Test
    void mutedWarsMakeNoConflict() {
        put(war("a").muted("rule"));
        put(war("b").muted("rule"));
        assertThat(board.view(NOW).conflicts()).isEmpty();
    }

    @Test
    void theTimeToQuotaGoesByWhatWasMeasuredOfThatCluster() {
        Measured small = new Measured(16L << 20, 8L << 20, NOW, Map.of("deployments.apps", 50));
        WarBoard measuring = board(100, 1 << 20, cluster -> cluster.equals("c1") ? small : Measured.NOTHING);
        for (String cluster : List.of("c1", "c2")) {
            measuring.put(
                    war(cluster)
                            .in(cluster)
                            .writing(1_200, 2_000, NOW)
                            .lastAt(NOW)
                            .update(),
                    1_000,
                    NOW);
        }

        Map<String, Standing> standings = measuring.view(NOW).standings().stream()
                .collect(Collectors.toMap(s -> s.war().id(), Function.identity()));

        assertThat(standings.get("c1").war().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(standings.get("c1").pressure().timeToQuota()).isNotNull();
        assertThat(standings.get("c1").pressure().watchEventsPerSecond())
                .isCloseTo(1_000, Percentage.withPercentage(5));
        assertThat(standings.get("c2").pressure().timeToQuota()).isNull();
        assertThat(standings.get("c2").pressure().watchEventsPerSecond()).isNull();
    }

    @Test
    void addsUpWhatPartitionsHadToGiveUp() {
        board.load(load("c1", NOW).with(new WantOfRoom(1, 2, 3)), NOW);
        board.load(
                new ClusterLoad("c1", 1, START, NOW, Minutes.NONE, Minutes.NONE, List.of())
                        .with(new WantOfRoom(10, 20, 30)),
                NOW);

        assertThat(board.view(NOW).clusters().get("c1").room()).isEqualTo(new WantOfRoom(11, 22, 33));
    }
}
