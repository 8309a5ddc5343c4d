package io.patchwar.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Severity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeverityLatchTest {
    private static final Instant T = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void leavesALevelFiveMinutesAfterItWasLastReached() {
        SeverityLatch latch = SeverityLatch.OPEN.with(Severity.CRITICAL, T).with(Severity.INFO, T.plusSeconds(60));
        assertThat(latch.level(T.plusSeconds(299))).isEqualTo(Severity.CRITICAL);
        assertThat(latch.level(T.plusSeconds(300))).isEqualTo(Severity.INFO);
    }

    @Test
    void stepsDownToWhatItWasInTheMeantime() {
        SeverityLatch latch = SeverityLatch.OPEN
                .with(Severity.CRITICAL, T)
                .with(Severity.WARNING, T.plusSeconds(200))
                .with(Severity.INFO, T.plusSeconds(201));
        assertThat(latch.level(T.plusSeconds(300))).isEqualTo(Severity.WARNING);
        assertThat(latch.level(T.plusSeconds(499))).isEqualTo(Severity.WARNING);
        assertThat(latch.level(T.plusSeconds(500))).isEqualTo(Severity.INFO);
    }

    @Test
    void risesAtOnceAndADipDoesNotShow() {
        SeverityLatch latch = SeverityLatch.OPEN
                .with(Severity.WARNING, T)
                .with(Severity.INFO, T.plusSeconds(100))
                .with(Severity.WARNING, T.plusSeconds(250));
        assertThat(latch.level(T.plusSeconds(350))).isEqualTo(Severity.WARNING);
        assertThat(latch.with(Severity.CRITICAL, T.plusSeconds(351)).level(T.plusSeconds(351)))
                .isEqualTo(Severity.CRITICAL);
        assertThat(SeverityLatch.OPEN.level(T)).isEqualTo(Severity.INFO);
    }
}
