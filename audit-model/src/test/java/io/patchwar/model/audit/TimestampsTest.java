package io.patchwar.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T08:44:50.543879Z",
                "2026-11-23T08:44:50.5Z",
                "2026-11-23T08:44:50.123456789Z",
                "2024-02-29T23:59:59.000001Z",
                "2026-11-23T08:44:50Z",
                "1969-12-31T23:59:59.999999Z"
            })
    void readsWhatAnApiServerWrites(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23T09:44:50.500+01:00", "2026-11-23T03:14:50.500000000-05:30"})
    void readsOffsets(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse("2026-11-23T08:44:50.5Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T08:44:50.",
                "2026-13-23T08:44:50.543879Z",
                "2026-02-30T08:44:50.543879Z",
                "2026-11-23T24:44:50.543879Z",
                "2026-11-23T08:60:50.543879Z",
                "2026-11-23T08:44:60.543879Z",
                "2026-11-23T08:44:5x.543879Z",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "2026-11-23T08:44:50.5438795555555555555555555555Z"
            })
    void saysThatATextIsNoTimestamp(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }
}
