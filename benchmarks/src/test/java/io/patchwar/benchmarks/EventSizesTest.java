package io.patchwar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventSizesTest {
    @Test
    void findsTheLeastSizeThatAShareDoesNotExceed() {
        EventSizes sizes = new EventSizes();
        for (int size = 1; size <= 100; size++) {
            sizes.add(size * 1_000);
        }
        assertThat(sizes.quantile(0.95)).isEqualTo(95_000);
        assertThat(sizes.quantile(0.951)).isEqualTo(96_000);
        assertThat(sizes.quantile(1)).isEqualTo(100_000).isEqualTo(sizes.max());
        assertThat(sizes.mean()).isEqualTo(50_500);
    }

    @Test
    void hasNoMeanWithoutEvents() {
        assertThat(new EventSizes().mean()).isZero();
        assertThat(new EventSizes().quantile(0.5)).isZero();
    }
}
