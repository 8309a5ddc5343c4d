package io.patchwar.processor.alerting;

import static io.patchwar.processor.WarBuilder.START;
import static io.patchwar.processor.WarBuilder.board;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Severity;
import io.patchwar.processor.WarBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineupTest {
    private static final Instant NOW = START.plusSeconds(120);

    private static Lineup lineup(Instant now, WarBuilder... wars) {
        return Lineup.of(board(wars), settings(5, 200), now);
    }

    private static AlertSettings settings(int conflictsAbove, int mostAlerts) {
        return new AlertSettings(List.of(), Map.of(), null, null, AlertTiming.DEFAULT, conflictsAbove, mostAlerts, 100);
    }

    private static List<String> told(Lineup lineup) {
        return lineup.firing().keySet().stream()
                .map(l -> l.get("alertname") + " " + l.get("severity") + " "
                        + l.getOrDefault("war_id", l.getOrDefault("conflict_id", "")))
                .toList();
    }

    @Test
    void tellsAWarningOnceAndACriticalWarTwice() {
        Lineup lineup = lineup(NOW, war("a"), war("b").named("b").in("other").severity(Severity.CRITICAL));
        assertThat(told(lineup)).containsExactly("PatchWar warning b", "PatchWar critical b", "PatchWar warning a");
    }

    @Test
    void tellsNobodyOfInfoOfWhatIsMutedAndOfWhatHasEnded() {
        Lineup lineup = lineup(
                NOW, war("a").severity(Severity.INFO), war("b").muted("the object's annotation"), war("c").ended());
        assertThat(lineup.firing()).isEmpty();
    }

    @Test
    void startsWithTheWarWheneverItIsFirstTold() {
        Lineup late = lineup(START.plusSeconds(3_000), war("a"));
        assertThat(late.firing().values()).extracting(Notice::startsAt).containsExactly(START);
    }

    @Test
    void tellsOfAWarWhoseLastChangeIsAnHourOld() {
        Instant last = START.plusSeconds(60);
        assertThat(told(lineup(last.plus(Duration.ofHours(1)), war("a").lastAt(last))))
                .hasSize(1);
    }

    @Test
    void tellsNobodyOfAWarWhoseLastChangeIsOlderThanAnHour() {
        Instant last = START.plusSeconds(60);
        assertThat(told(lineup(last.plus(Duration.ofHours(1)).plusMillis(1), war("a").lastAt(last))))
                .isEmpty();
    }

    @Test
    void givesASlowWarFiveOfItsPeriods() {
        WarBuilder slow = war("a").every(Duration.ofMinutes(30)).lastAt(START);
        assertThat(told(lineup(START.plus(Duration.ofMinutes(150)), slow))).hasSize(1);
        assertThat(told(lineup(START.plus(Duration.ofMinutes(151)), slow))).isEmpty();
    }

    @Test
    void tellsWarsOfOneCauseOneByOneWhileTheyAreFew() {
        assertThat(told(lineup(NOW, services(5)))).hasSize(5).allMatch(t -> t.startsWith("PatchWar warning"));
    }

    @Test
    void tellsWarsOfOneCauseAsOneConflictWhenTheyAreMany() {
        Lineup lineup = lineup(NOW, services(6));
        assertThat(told(lineup)).singleElement().asString().startsWith("PatchWarConflict warning ");
        Notice conflict = lineup.firing().values().iterator().next();
        assertThat(conflict.labels())
                .containsOnlyKeys("alertname", "severity", "cluster", "resource", "field", "conflict_id");
        assertThat(conflict.annotations().get("objects")).contains("Service shop/s0", "and 2 more");
        assertThat(conflict.startsAt()).isEqualTo(START);
    }

    @Test
    void aConflictIsAsBadAsTheWorstOfItsWarsThatGoOn() {
        WarBuilder[] wars = services(7);
        wars[3].severity(Severity.CRITICAL);
        assertThat(told(lineup(NOW, wars))).hasSize(2).anyMatch(t -> t.startsWith("PatchWarConflict critical"));
        wars[3].ended();
        assertThat(told(lineup(NOW, wars))).hasSize(1).allMatch(t -> t.startsWith("PatchWarConflict warning"));
    }

    @Test
    void aConflictOfWhichNobodyNeedKnowTellsNobody() {
        WarBuilder[] wars = services(9);
        for (WarBuilder war : wars) {
            war.severity(Severity.INFO);
        }
        assertThat(told(lineup(NOW, wars))).isEmpty();
    }

    @Test
    void itsIdentityKeepsStillWhileWarsAndFieldsJoin() {
        List<String> before = told(lineup(NOW, services(6)));
        WarBuilder[] more = services(50);
        more[20].over("metadata.annotations[a]", "status.loadBalancer");
        assertThat(told(lineup(NOW, more))).isEqualTo(before);
    }

    @Test
    void aConflictOutlivesTheEndOfMostOfItsWarsForAWhile() {
        WarBuilder[] wars = services(6);
        for (int i = 1; i < 6; i++) {
            wars[i].ended().lastAt(NOW);
        }
        wars[0].lastAt(NOW);
        Duration kept = AlertTiming.DEFAULT.resolvedFor();
        assertThat(told(lineup(NOW.plus(kept).minusMillis(1), wars)))
                .singleElement()
                .asString()
                .startsWith("PatchWarConflict");
        assertThat(told(lineup(NOW.plus(kept), wars))).containsExactly("PatchWar warning s0");
    }

    @Test
    void warsOfOtherContendersResourcesFieldsOrClustersAreNoConflict() {
        WarBuilder[] wars = services(4);
        WarBuilder[] all = {
            wars[0],
            wars[1],
            wars[2],
            wars[3].in("other"),
            war("x1").named("x1"),
            war("x2").on("prod-eu", "", "services", "shop", "x2").over("spec.type"),
        };
        assertThat(told(Lineup.of(board(all), settings(3, 200), NOW)))
                .hasSize(6)
                .allMatch(t -> t.startsWith("PatchWar "));
    }

    @Test
    void aStormTellsTheWorstAndThatThereAreMore() {
        WarBuilder[] wars = IntStream.range(0, 30)
                .mapToObj(i -> war("w%02d".formatted(i)).in("c" + i).since(START.plusSeconds(i)))
                .toArray(WarBuilder[]::new);
        wars[29].severity(Severity.CRITICAL);
        Lineup lineup = Lineup.of(board(wars), settings(5, 10), NOW);
        assertThat(told(lineup))
                .hasSize(10 + 1 + 2)
                .contains(
                        "PatchWar critical w29",
                        "PatchWar warning w08",
                        "PatchWarStorm critical ",
                        "PatchWarStorm warning ")
                .doesNotContain("PatchWar warning w09");
        assertThat(lineup.untold()).isEqualTo(20);
        Notice storm = lineup.firing().values().stream()
                .filter(n -> n.labels().get("alertname").equals("PatchWarStorm"))
                .findFirst()
                .orElseThrow();
        assertThat(storm.startsAt()).isEqualTo(START.plusSeconds(10));
        assertThat(storm.annotations().get("description")).contains("30 wars", "10 worst", "20 do not");
    }

    @Test
    void asManyAsMayBeToldAreNoStorm() {
        WarBuilder[] wars =
                IntStream.range(0, 10).mapToObj(i -> war("w" + i).in("c" + i)).toArray(WarBuilder[]::new);
        assertThat(told(Lineup.of(board(wars), settings(5, 10), NOW)))
                .hasSize(10)
                .noneMatch(t -> t.contains("Storm"));
    }

    @Test
    void lastWordsGiveTheFinalTallyAndTheReason() {
        Notice fired = lineup(NOW, war("a")).firing().values().iterator().next();
        Notice over = lineup(NOW, war("a").reversals(99).ended()).lastWords(fired);
        assertThat(over.labels()).isEqualTo(fired.labels());
        assertThat(over.annotations())
                .containsEntry("resolved_because", "the war has ended")
                .containsEntry("reversals", "99 reversals, every 20 s");
        assertThat(lineup(NOW, war("a").muted("rule 7")).lastWords(fired).annotations())
                .containsEntry("resolved_because", "muted: rule 7");
    }

    @Test
    void theSingleAlertsOfAConflictSayWhereTheyWent() {
        Notice fired = lineup(NOW, services(5)).firing().values().iterator().next();
        assertThat(lineup(NOW, services(6)).lastWords(fired).annotations().get("resolved_because"))
                .contains("goes on", "as conflict");
    }

    private static WarBuilder[] services(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> war("s" + i)
                        .on("prod-eu", "", "services", "shop", "s" + i)
                        .over("status.loadBalancer")
                        .since(START.plusSeconds(i)))
                .toArray(WarBuilder[]::new);
    }
}
