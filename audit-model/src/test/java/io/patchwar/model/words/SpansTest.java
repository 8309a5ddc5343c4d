package io.patchwar.model.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.1434S, 0.14 s",
        "PT0S, 0 s",
        "PT1S, 1 s",
        "PT2.25S, 2.3 s",
        "PT42.4S, 42 s",
        "PT59.6S, 1 min",
        "PT200S, 3 min 20 s",
        "PT3599S, 59 min 59 s",
        "PT3600S, 1 h",
        "PT125M, 2 h 5 min",
        "PT97H, 4 d 1 h",
    })
    void saysDurationsWithTwoFigures(Duration span, String said) {
        assertThat(Spans.duration(span)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT0S, 1 reversal",
        "3, PT0S, 3 reversals",
        "5, PT42S, 5 reversals within 42 s",
        "6, PT1.9S, 6 reversals within 1.9 s",
        "6, PT5S, 1 reversal a second",
        "141, PT10S, 14 reversals a second",
        "61, PT60S, 1 reversal a second",
        "8, PT5S, 1.4 reversals a second",
        "31, PT60S, 30 reversals a minute",
        "7, PT90M, 4 reversals an hour",
        "7, P7D, 0 reversals an hour",
    })
    void saysRatesInTheUnitThatFits(long count, Duration span, String said) {
        assertThat(Spans.rate(count, "reversal", "reversals", span)).isEqualTo(said);
    }

    @Test
    void namesTheDayOnlyWhereItIsAnother() {
        Instant time = Instant.parse("2026-11-23T23:59:59.9Z");
        assertThat(Spans.near(time, time.plusMillis(99))).isEqualTo("23:59:59");
        assertThat(Spans.near(time, time.plusMillis(100))).isEqualTo("2026-11-23 23:59:59");
    }

    @Test
    void groupsLargeNumbers() {
        assertThat(Spans.number(1_234_567)).isEqualTo("1,234,567");
    }
}
