package io.patchwar.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void saysHowManyAreLeftAndThatThereWasNone() {
        Allowance allowance = new Allowance(2, MINUTE);
        assertThat(allowance.take(NOON)).isEqualTo(1);
        assertThat(allowance.take(NOON)).isZero();
        assertThat(allowance.take(NOON)).isEqualTo(-1);
        assertThat(new Allowance(0, MINUTE).take(NOON)).isNegative();
    }

    @Test
    void isWholeAgainWhenItsIntervalIsOverAndNotBefore() {
        Allowance allowance = new Allowance(1, MINUTE);
        allowance.take(NOON);
        assertThat(allowance.take(NOON.plus(MINUTE).minusMillis(1))).isNegative();
        assertThat(allowance.take(NOON.plus(MINUTE))).isZero();
    }

    @Test
    void isWholeAgainWhereTheClockIsPutBack() {
        Allowance allowance = new Allowance(1, MINUTE);
        allowance.take(NOON);
        assertThat(allowance.take(NOON.minusMillis(1))).isZero();
    }
}
