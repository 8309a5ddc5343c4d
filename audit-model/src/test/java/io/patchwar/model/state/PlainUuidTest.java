package io.patchwar.model.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainUuidTest {
    @Test
    void givesTheSameTextBack() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            String text = new UUID(random.nextLong(), random.nextLong()).toString();

            assertThat(PlainUuid.is(text)).isTrue();
            assertThat(PlainUuid.text(PlainUuid.high(text), PlainUuid.low(text)))
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "D02A0E00-f174-43a5-95ba-7a36e7d2cf9d",
                "d02a0e00-f174-43a5-95ba-7a36e7d2cf9",
                "d02a0e00-f174-43a5-95ba-7a36e7d2cf9d0",
                "d02a0e00f-174-43a5-95ba-7a36e7d2cf9d",
                "g02a0e00-f174-43a5-95ba-7a36e7d2cf9d",
                "{2a0e00-f174-43a5-95ba-7a36e7d2cf9d}",
                "my-own-audit-id-that-a-client-has-set"
            })
    void takesNoOtherFormForOne(String text) {
        assertThat(PlainUuid.is(text)).isFalse();
    }
}
