package io.patchwar.model.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 999, 1_000, -999, -1_000, 999_999, 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE})
    void groupsWholeNumbersAsAFormatDoes(long number) {
        assertThat(Decimals.grouped(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.04, 0.05, 0.049999, 0.25, 0.35, 2.675, 1.005, 9.95, 99.5, -0.04, -0.05, 1e-9, 1e15})
    void roundsAsAFormatDoes(double value) {
        for (int digits = 0; digits <= 3; digits++) {
            assertThat(Decimals.fixed(value, digits)).isEqualTo(formatted(value, digits));
        }
    }

    @Test
    void roundsAnythingAsAFormatDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextInt(2_000_000) / (i % 2 == 0 ? 1_000.0 : 1_024.0) * (i % 7 == 0 ? -1 : 1);
            int digits = i % 4;
            assertThat(Decimals.fixed(value, digits))
                    .as("%s with %s digits, seed %s", value, digits, seed)
                    .isEqualTo(formatted(value, digits));
        }
    }

    private static String formatted(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
