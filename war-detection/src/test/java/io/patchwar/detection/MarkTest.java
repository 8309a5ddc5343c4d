package io.patchwar.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Actor;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mark holds numbers, and says the same as if it held texts. */
class MarkTest {
    private static final Instant TIME = Instant.parse("2026-11-23T08:00:00.001062999Z");
    private static final String UUID = "d02a0e00-f174-43a5-95ba-7a36e7d2cf9d";

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "1",
                "184239086",
                "999999999999999999",
                "1000000000000000000",
                "12345678901234567890123",
                "0",
                "007",
                "-1",
                "12a",
                "",
                "١٢"
            })
    void saysTheVersionAsItCame(@Nullable String version) {
        Mark mark = mark(UUID, version, TIME);

        assertThat(mark.version()).isEqualTo(version);
        assertThat(stored(mark).version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {UUID, "00000000-0000-0000-0000-000000000000", "D02A0E00-F174-43A5-95BA-7A36E7D2CF9D", "", "mine"
            })
    void saysTheAuditIdAsItCame(String auditID) {
        Mark mark = mark(auditID, "1", TIME);

        assertThat(mark.auditID()).isEqualTo(auditID);
        assertThat(stored(mark).auditID()).isEqualTo(auditID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-23T08:00:00.001062999Z", "1969-12-31T23:59:59.999999999Z", "-0001-01-01T00:00:00Z"})
    void saysTheTimeAsItCame(String text) {
        Instant time = Instant.parse(text);
        Mark mark = mark(UUID, "1", time);

        assertThat(mark.time()).isEqualTo(time);
        assertThat(mark.millis()).isEqualTo(time.toEpochMilli());
        assertThat(stored(mark).time()).isEqualTo(time);
    }

    @Test
    void isBeforeWhatIsANanosecondLater() {
        Mark mark = mark(UUID, "1", TIME);

        assertThat(mark.isBefore(TIME)).isFalse();
        assertThat(mark.isBefore(TIME.plusNanos(1))).isTrue();
        assertThat(mark.isBefore(TIME.minusNanos(1))).isFalse();
        assertThat(mark.isBefore(TIME.plusSeconds(1).minusNanos(500_000))).isTrue();
        assertThat(mark.isBefore(TIME.minusSeconds(1).plusNanos(500_000))).isFalse();
    }

    private static Mark mark(String auditID, @Nullable String version, Instant time) {
        Actor actor = new Actor("system:serviceaccount:a:b", "program", "pod", true);
        return new Mark(actor, new Side(actor), time, auditID, version, "update", 7);
    }

    private static Mark stored(Mark mark) {
        StateWriter out = new StateWriter();
        mark.write(out);
        return Mark.read(new StateReader(out.toBytes()));
    }
}
