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
import org.junit.jupiter.api.Test;

class AlertBookTest {
    private static final AlertSettings SETTINGS = AlertSettings.to();
    private static final Duration RESEND = SETTINGS.timing().resend();

    private final AlertBook book = new AlertBook(SETTINGS);
    private Instant now = START.plusSeconds(120);

    private List<Alert> due(WarBuilder... wars) {
        return book.due(Lineup.of(board(wars), SETTINGS, now), now);
    }

    private void passes(Duration span) {
        now = now.plus(span);
    }

    private boolean isResolved(Alert alert) {
        return !alert.endsAt().isAfter(now);
    }

    @Test
    void whatIsNewGoesOutAtOnceWithBothItsTimes() {
        assertThat(due(war("a"))).singleElement().satisfies(alert -> {
            assertThat(alert.startsAt()).isEqualTo(START);
            assertThat(alert.endsAt()).isEqualTo(now.plus(Duration.ofMinutes(4)));
        });
    }

    @Test
    void whatHoldsIsNotRepeatedBeforeItsTime() {
        due(war("a"));
        passes(RESEND.minusMillis(1));
        assertThat(due(war("a"))).isEmpty();
    }

    @Test
    void whatHoldsIsRepeatedWithItsNewestWordsAndALaterEnd() {
        Instant firstEnd = due(war("a")).get(0).endsAt();
        passes(RESEND);
        assertThat(due(war("a").reversals(43))).singleElement().satisfies(alert -> {
            assertThat(alert.annotations()).containsEntry("reversals", "43 reversals, every 20 s");
            assertThat(alert.endsAt()).isEqualTo(firstEnd.plus(RESEND));
        });
    }

    @Test
    void anAlertNeverHoldsForLessThanFourMinutesHoweverOftenItIsRepeated() {
        AlertTiming often = new AlertTiming(
                Duration.ofSeconds(15), Duration.ofMinutes(4), Duration.ofMinutes(15), Duration.ofHours(1), RESEND);
        assertThat(often.expiry()).isEqualTo(Duration.ofMinutes(4));
        AlertTiming seldom = new AlertTiming(
                Duration.ofMinutes(3), Duration.ofMinutes(4), Duration.ofMinutes(15), Duration.ofHours(1), RESEND);
        assertThat(seldom.expiry()).isEqualTo(Duration.ofMinutes(12));
    }

    @Test
    void whatIsOverIsResolvedAtOnceWithTheFinalTally() {
        due(war("a"));
        passes(Duration.ofSeconds(1));
        assertThat(due(war("a").ended().reversals(50))).singleElement().satisfies(alert -> {
            assertThat(isResolved(alert)).isTrue();
            assertThat(alert.startsAt()).isEqualTo(START);
            assertThat(alert.annotations())
                    .containsEntry("reversals", "50 reversals, every 20 s")
                    .containsEntry("resolved_because", "the war has ended");
        });
    }

    @Test
    void thatItIsOverIsRepeatedForAQuarterOfAnHour() {
        due(war("a"));
        Instant over = now;
        int repeated = 0;
        while (now.isBefore(over.plus(Duration.ofMinutes(15)))) {
            List<Alert> due = due();
            assertThat(due).allMatch(this::isResolved).allMatch(a -> a.endsAt().equals(over));
            repeated += due.size();
            passes(RESEND);
        }
        assertThat(repeated).isEqualTo(15);
        assertThat(due()).isEmpty();
    }

    @Test
    void whatBreaksOutAgainFiresAtOnceAndHasBegunWhenItBegan() {
        due(war("a"));
        passes(Duration.ofSeconds(5));
        due(war("a").ended());
        passes(Duration.ofSeconds(5));
        assertThat(due(war("a").revision(9))).singleElement().satisfies(alert -> {
            assertThat(isResolved(alert)).isFalse();
            assertThat(alert.startsAt()).isEqualTo(START);
        });
    }

    @Test
    void whatWasOverBeforeItWasSeenIsNotTold() {
        assertThat(due(war("a").ended())).isEmpty();
    }

    @Test
    void becomingCriticalAddsAnAlertAndResolvesNone() {
        due(war("a"));
        passes(Duration.ofSeconds(1));
        assertThat(due(war("a").severity(Severity.CRITICAL)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.labels()).containsEntry("severity", "critical"));
        passes(Duration.ofSeconds(1));
        assertThat(due(war("a"))).singleElement().satisfies(alert -> {
            assertThat(alert.labels()).containsEntry("severity", "critical");
            assertThat(isResolved(alert)).isTrue();
            assertThat(alert.annotations()).containsEntry("resolved_because", "goes on with severity warning");
        });
    }

    @Test
    void aNewcomerIsToldEverythingAtOnce() {
        due(war("a"), war("b").in("other"));
        passes(Duration.ofSeconds(1));
        assertThat(due(war("a"), war("b").in("other"))).isEmpty();
        book.repeat();
        assertThat(due(war("a"), war("b").in("other"))).hasSize(2);
    }

    @Test
    void twoBooksThatSeeTheSameSayTheSame() {
        AlertBook other = new AlertBook(SETTINGS);
        List<Alert> one = due(war("a"), war("b").in("other").severity(Severity.CRITICAL));
        List<Alert> two = other.due(
                Lineup.of(board(war("a"), war("b").in("other").severity(Severity.CRITICAL)), SETTINGS, now), now);
        assertThat(two).isEqualTo(one);
    }

    @Test
    void resolvedAlertsAreBounded() {
        AlertSettings few = new AlertSettings(List.of(), Map.of(), null, null, AlertTiming.DEFAULT, 1_000, 10, 10);
        AlertBook bounded = new AlertBook(few);
        for (int i = 0; i < 300; i++) {
            WarBuilder next = war("w" + i).in("c" + i);
            bounded.due(Lineup.of(board(next), few, now), now);
            passes(Duration.ofMillis(1));
        }
        bounded.due(Lineup.of(board(), few, now), now);
        bounded.repeat();
        int told = bounded.due(Lineup.of(board(), few, now), now).size();
        assertThat(told).isEqualTo(100);
    }

    @Test
    void anAlertNeverEndsBeforeItStarts() {
        now = START.minusSeconds(600);
        assertThat(due(war("a"))).allMatch(alert -> !alert.startsAt().isAfter(alert.endsAt()));
        assertThat(due()).allMatch(alert -> !alert.startsAt().isAfter(alert.endsAt()));
    }
}
