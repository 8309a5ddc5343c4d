package io.patchwar.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShiftTest {
    private static final Instant THEN = Instant.parse("2026-11-23T08:44:50Z");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void movesEveryTimeByTheSameAndKeepsItsDigits() {
        String moved = new Shift(THEN, NOW, 1, 0)
                .json("{\"requestReceivedTimestamp\":\"2026-11-23T08:44:51.250000Z\",\"responseObject\":{\"metadata\":"
                        + "{\"creationTimestamp\":\"2026-11-23T08:44:40Z\",\"time\":\"2026-11-23T08:44:51.25Z\"}}}");

        assertThat(moved)
                .isEqualTo(
                        "{\"requestReceivedTimestamp\":\"2027-01-01T00:00:01.250000Z\",\"responseObject\":{\"metadata\":"
                                + "{\"creationTimestamp\":\"2026-12-31T23:59:50Z\",\"time\":\"2027-01-01T00:00:01.25Z\"}}}");
    }

    @Test
    void playsTwiceAsFastInHalfTheTime() {
        assertThat(new Shift(THEN, NOW, 2, 0).time(THEN.plusSeconds(10))).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void leavesWhatIsNoMomentOfTheRecording() {
        Shift shift = new Shift(THEN, NOW, 1, 0);
        for (String text : new String[] {
            "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"2026-13-41T08:44:50Z\"", "\"2026-11-23\""
        }) {
            assertThat(shift.json(text)).isEqualTo(text);
        }
    }

    @Test
    void makesNewWritesOfALaterRoundAndKeepsTheirOrder() {
        String event = "{\"auditID\":\"ffffffff-0b3d\",\"metadata\":{\"resourceVersion\":\"948\"}}";

        assertThat(new Shift(THEN, NOW, 1, 0).json(event)).isEqualTo(event);
        assertThat(new Shift(THEN, NOW, 1, 2).json(event))
                .isEqualTo("{\"auditID\":\"00000001-0b3d\",\"metadata\":{\"resourceVersion\":\"2000948\"}}");
    }

    @Test
    void hasASpeedAboveZero() {
        assertThatThrownBy(() -> new Shift(THEN, NOW, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
