package io.patchwar.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter written = new StringWriter();
    private long now;

    private ProgressBar bar() {
        return ProgressBar.on(new PrintWriter(written), () -> now);
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void showsNothingOfWhatIsQuick() {
        try (ProgressBar bar = bar()) {
            pass(499);
            bar.heard(50, 100);
        }
        assertThat(written.toString()).isEmpty();
    }

    @Test
    void showsShareRateAndTimeLeftAndTakesThemAway() {
        try (ProgressBar bar = bar()) {
            pass(1000);
            bar.heard(600_000_000, 2_400_000_000L);
            assertThat(written.toString())
                    .startsWith("\r\u001b[K[######------------------] 25 %")
                    .contains("600 MB of 2.4 GB")
                    .contains("3 s left")
                    .endsWith("600 MB/s");
        }
        assertThat(written.toString()).endsWith("/s\r\u001b[K").doesNotContain("\n");
    }

    @Test
    void writesTenTimesASecondAtMost() {
        ProgressBar bar = bar();
        pass(1000);
        for (int i = 0; i < 1000; i++) {
            bar.heard(i, 1000);
            pass(1);
        }
        assertThat(written.toString().split("\r", -1)).hasSize(11);
    }

    @Test
    void showsWhatWasReadWhereTheWholeIsUnknown() {
        ProgressBar bar = bar();
        pass(2000);
        bar.heard(3_000_000, Progress.UNKNOWN);
        assertThat(written.toString()).isEqualTo("\r\u001b[K3.0 MB  1.5 MB/s");
    }

    @Test
    void saysSizesAsPeopleDo() {
        assertThat(ProgressBar.size(0)).isEqualTo("0 B");
        assertThat(ProgressBar.size(999)).isEqualTo("999 B");
        assertThat(ProgressBar.size(1000)).isEqualTo("1.0 kB");
        assertThat(ProgressBar.size(9_949)).isEqualTo("9.9 kB");
        assertThat(ProgressBar.size(9_951)).isEqualTo("10 kB");
        assertThat(ProgressBar.size(999_600)).isEqualTo("1.0 MB");
        assertThat(ProgressBar.size(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }
}
