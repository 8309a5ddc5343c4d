package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private final ProgressBar bar = new ProgressBar(new PrintWriter(err), () -> now);

    @Test
    void whatIsOverAtOnceNeedsNoBar() {
        now = now.plusMillis(499);
        bar.heard(10, 100);
        bar.close();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsHowFarItIsAndWipesItself() {
        now = now.plusMillis(500);
        bar.heard(50_000_000, 100_000_000);
        assertThat(err.toString())
                .isEqualTo("\r\u001b[K[###############---------------]  50 % of 100.0 MB, 100 MB/s, 0 s left");
        bar.close();
        assertThat(err.toString()).endsWith("left\r\u001b[K");
    }

    @Test
    void drawsNoMoreThanFiveTimesASecond() {
        now = now.plusMillis(500);
        bar.heard(1, 100);
        int drawn = err.toString().length();
        now = now.plusMillis(199);
        bar.heard(2, 100);
        assertThat(err.toString()).hasSize(drawn);
        now = now.plusMillis(1);
        bar.heard(3, 100);
        assertThat(err.toString().length()).isGreaterThan(drawn);
    }

    @Test
    void saysWhatItKnowsOfInputWithoutAnEnd() {
        now = now.plusSeconds(1);
        bar.heard(5_000_000, -1);
        assertThat(err.toString()).endsWith("5.0 MB read, 5 MB/s");
    }
}
