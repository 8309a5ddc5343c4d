package io.patchwar.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
    @Test
    void saysWhatAnEventCostAndWhoPaidForIt() {
        Window window = new Window(10, 100_000, 100_000, new long[] {5, 5, 5, 5}, 8, 1, 2);

        assertThat(window.perSecond()).isEqualTo(10_000);
        assertThat(window.microsPerEvent()).isEqualTo(80);
        assertThat(window.shares())
                .isEqualTo("80.0 µs processor, 10.0 broker, 20.0 producer for an event; 55 % of two processors");
    }

    @Test
    void tellsALagThatGrowsFromOneThatStays() {
        assertThat(window(100, 120, 90, 100, 110, 90, 120, 100).drift()).isZero();
        assertThat(window(100, 100, 200, 200, 300, 300, 400, 400).drift()).isEqualTo(300);
        assertThat(window(400, 400, 300, 300, 200, 200, 100, 100).drift()).isEqualTo(-300);
    }

    @Test
    void knowsTheLeastAndTheMostThatWasNotJudged() {
        assertThat(window(300, 20, 700).leastLag()).isEqualTo(20);
        assertThat(window(300, 20, 700).mostLag()).isEqualTo(700);
    }

    private static Window window(long... lag) {
        return new Window(8, 800, 800, lag, 1, 1, 1);
    }
}
