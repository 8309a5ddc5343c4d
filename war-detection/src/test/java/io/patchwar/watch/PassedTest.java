package io.patchwar.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Asked without making stamps, answered as stamps would. */
class PassedTest {
    @Test
    void saysWhatAddingTheSpanWouldSay() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            Instant from = Instant.ofEpochSecond(random.nextInt(10), random.nextInt(3));
            Duration span = Duration.ofSeconds(random.nextInt(5), random.nextInt(2) * 999_999_999L);
            Instant to = random.nextBoolean()
                    ? from.plus(span).plusNanos(random.nextInt(3) - 1)
                    : Instant.ofEpochSecond(random.nextInt(10), random.nextInt(1_000_000_000));

            assertThat(Passed.moreThan(span, from, to)).isEqualTo(to.isAfter(from.plus(span)));
            assertThat(Passed.atLeast(span, from, to)).isEqualTo(!to.isBefore(from.plus(span)));
        }
    }

    @Test
    void reckonsAcrossAllOfTime() {
        Duration span = Duration.ofSeconds(5);

        assertThat(Passed.moreThan(span, Instant.MIN, Instant.MAX)).isTrue();
        assertThat(Passed.moreThan(span, Instant.MAX, Instant.MIN)).isFalse();
        assertThat(Passed.atLeast(span, Instant.EPOCH, Instant.MIN)).isFalse();
    }
}
