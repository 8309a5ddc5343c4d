package io.patchwar.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EightBytesTest {

    @Test
    void tellsWhereTheLowestByteStandsThatWasFound() {
        for (int place = 0; place < 8; place++) {
            long found = 0x80L << (8 * place);

            assertThat(EightBytes.first(found)).isEqualTo(place);
            assertThat(EightBytes.counted(found)).isEqualTo(place);
            assertThat(EightBytes.multiplied(found)).isEqualTo(place);
        }
    }

    @Test
    void tellsItInBothWaysWhateverWasFoundAbove() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long found = random.nextLong() & 0x8080808080808080L;
            if (found != 0) {
                assertThat(EightBytes.multiplied(found)).as("seed %d", seed).isEqualTo(EightBytes.counted(found));
            }
        }
    }
}
