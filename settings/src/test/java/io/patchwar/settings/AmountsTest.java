package io.patchwar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @Test
    void readsADurationOfSeveralUnits() {
        assertThat(Amounts.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "5 s", "-5s", "1s1h", "9999999s"})
    void takesNothingElseForADuration(String text) {
        assertThat(Amounts.duration(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "1s", "2d", "1h30m", "0s"})
    void writesADurationAsItReadsIt(String text) {
        Duration read = Amounts.duration(text);

        assertThat(read).isNotNull();
        assertThat(Amounts.text(read)).isEqualTo(text);
    }

    @Test
    void readsMemoryInPowersOfTwo() {
        assertThat(Amounts.bytes("64MiB")).isEqualTo(64L << 20);
    }

    @Test
    void refusesMoreThanANumberCanHold() {
        assertThat(Amounts.bytes("999999999999GiB")).isNull();
    }
}
