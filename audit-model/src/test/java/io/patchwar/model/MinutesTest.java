package io.patchwar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinutesTest {
    private static final Instant LAST = Instant.parse("2026-11-23T12:10:00Z");
    private static final Instant LONG_AGO = LAST.minus(Duration.ofDays(1));
    private static final Minutes ONE_TO_TEN = new Minutes(LAST, List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L));

    @Test
    void forgetsAMinuteForEachThatPasses() {
        assertThat(ONE_TO_TEN.sum(LAST.plusSeconds(59))).isEqualTo(55);
        assertThat(ONE_TO_TEN.sum(LAST.plusSeconds(60))).isEqualTo(54);
        assertThat(ONE_TO_TEN.sum(LAST.plusSeconds(9 * 60))).isEqualTo(10);
        assertThat(ONE_TO_TEN.sum(LAST.plusSeconds(10 * 60))).isZero();
    }

    @Test
    void seenFromEarlierTheLaterMinutesAreNotThereYet() {
        assertThat(ONE_TO_TEN.upTo(LAST.minusSeconds(60)).counts())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void addsUpMinuteByMinute() {
        Minutes later = new Minutes(LAST.plusSeconds(120), List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 5L, 0L, 1L));
        Minutes both = ONE_TO_TEN.plus(later);
        assertThat(both.last()).isEqualTo(LAST.plusSeconds(120));
        assertThat(both.counts()).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 15L, 0L, 1L);
        assertThat(later.plus(ONE_TO_TEN)).isEqualTo(both);
        assertThat(Minutes.NONE.plus(later)).isEqualTo(later);
    }

    @Test
    void aRateIsOverWhatWasCountedAndNeverOverLessThanFifteenSeconds() {
        Minutes minute = new Minutes(LAST, List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 120L));
        assertThat(minute.perSecond(LAST.plusSeconds(10), LAST)).isEqualTo(8.0);
        assertThat(minute.perSecond(LAST.plusSeconds(15), LAST)).isEqualTo(8.0);
        assertThat(minute.perSecond(LAST.plusSeconds(30), LAST)).isEqualTo(4.0);
        assertThat(minute.perSecond(LAST.plusSeconds(59), LAST.minusSeconds(61)))
                .isEqualTo(1.0);
        assertThat(minute.perSecond(LAST.plusSeconds(59), LONG_AGO)).isEqualTo(120 / 599.0);
    }

    @Test
    void whatHasJustBecomeFastIsFast() {
        Minutes minute = new Minutes(LAST, List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 120L));
        Minutes slower = new Minutes(LAST, List.of(60L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 0L, 0L));
        assertThat(minute.fastestPerSecond(LAST.plusSeconds(59), LONG_AGO)).isEqualTo(120 / 119.0);
        assertThat(slower.fastestPerSecond(LAST.plusSeconds(59), LONG_AGO)).isEqualTo(480 / 599.0);
    }

    @Test
    void refusesWhatIsNoTenMinutes() {
        assertThatThrownBy(() -> new Minutes(LAST, List.of(1L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Minutes(LAST.plusSeconds(1), ONE_TO_TEN.counts()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
