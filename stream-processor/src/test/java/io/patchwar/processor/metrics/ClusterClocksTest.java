package io.patchwar.processor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClusterClocksTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private Instant now = START;
    private final ClusterClocks clocks = new ClusterClocks(() -> now);

    @Test
    void thePartitionThatIsFarthestBehindIsNotHiddenByTheOthers() {
        clocks.heard("0_0", "prod", START);
        clocks.heard("0_1", "prod", START);
        now = START.plusSeconds(300);
        clocks.heard("0_1", "prod", now);

        assertThat(clocks.lag("prod")).isEqualTo(300);
        clocks.heard("0_0", "prod", START.plusSeconds(299));
        assertThat(clocks.lag("prod")).isEqualTo(1);
    }

    @Test
    void aPartitionThatWentElsewhereHoldsNothingUp() {
        clocks.heard("0_0", "prod", START);
        clocks.heard("0_1", "prod", START.plusSeconds(9));
        now = START.plusSeconds(10);
        clocks.closed("0_0");

        assertThat(clocks.lag("prod")).isEqualTo(1);
        clocks.closed("0_1");
        assertThat(clocks.lag("prod")).isNaN();
    }

    @Test
    void anOlderStampMovesNothing() {
        clocks.heard("0_0", "prod", START.plusSeconds(5));
        now = START.plusSeconds(60);
        clocks.heard("0_0", "prod", START.plusSeconds(4));

        assertThat(clocks.lag("prod")).isEqualTo(55);
        assertThat(clocks.stalled("prod")).isEqualTo(60);
        clocks.heard("0_0", "prod", START.plusSeconds(6));
        assertThat(clocks.stalled("prod")).isZero();
    }

    @Test
    void clustersHaveTimesOfTheirOwnAndTheFirstHearingIsTold() {
        assertThat(clocks.heard("0_0", "prod", START)).isTrue();
        assertThat(clocks.heard("0_1", "prod", START)).isFalse();
        assertThat(clocks.heard("0_0", "test", START.minusSeconds(7))).isTrue();

        assertThat(clocks.lag("prod")).isZero();
        assertThat(clocks.lag("test")).isEqualTo(7);
        assertThat(clocks.lag("nobody")).isNaN();
        assertThat(clocks.stalled("nobody")).isNaN();
    }

    @Test
    void aStampAheadOfOurClockIsNoLag() {
        clocks.heard("0_0", "prod", START.plusSeconds(3));
        assertThat(clocks.lag("prod")).isZero();
    }
}
