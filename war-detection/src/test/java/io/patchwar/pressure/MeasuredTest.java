package io.patchwar.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
    private static final PressureConfig WRITTEN =
            new PressureConfig(new EtcdSpace(1_000, 300L, null), Duration.ofMinutes(5), Map.of("services", 7));

    @Test
    void nothingMeasuredLeavesWhatIsWrittenDown() {
        assertThat(Measured.NOTHING.over(WRITTEN)).isEqualTo(WRITTEN);
        assertThat(Measured.NOTHING.over(PressureConfig.DEFAULT)).isEqualTo(PressureConfig.DEFAULT);
    }

    @Test
    void whatIsMeasuredWinsOverWhatIsWrittenDown() {
        Measured both = new Measured(2_000L, 900L, AT, Map.of());

        assertThat(both.over(WRITTEN).etcd()).isEqualTo(new EtcdSpace(2_000, 900L, AT));
    }

    @Test
    void eachStandsInWhereTheOtherIsSilent() {
        Measured size = new Measured(null, 900L, AT, Map.of());
        Measured quota = new Measured(2_000L, null, null, Map.of());

        assertThat(size.over(WRITTEN).etcd()).isEqualTo(new EtcdSpace(1_000, 900L, AT));
        assertThat(size.over(PressureConfig.DEFAULT).etcd()).isNull();
        assertThat(quota.over(WRITTEN).etcd()).isEqualTo(new EtcdSpace(2_000, 300L, null));
        assertThat(quota.over(PressureConfig.DEFAULT).etcd()).isEqualTo(new EtcdSpace(2_000, null, null));
    }

    @Test
    void watchersThatAreWrittenDownAreMeant() {
        Measured seen = new Measured(null, null, null, Map.of("services", 40, "pods", 12, "deployments.apps", 3));

        PressureConfig holds = seen.over(WRITTEN);
        assertThat(holds.watchersOf("services", "")).isEqualTo(7);
        assertThat(holds.watchersOf("pods", "")).isEqualTo(12);
        assertThat(holds.watchersOf("deployments", "apps")).isEqualTo(3);
        PressureConfig all = new PressureConfig(null, Duration.ofMinutes(5), Map.of("*", 1));
        assertThat(seen.over(all).watchersOf("pods", "")).isEqualTo(1);
        PressureConfig plural = new PressureConfig(null, Duration.ofMinutes(5), Map.of("deployments", 5));
        assertThat(seen.over(plural).watchersOf("deployments", "apps")).isEqualTo(5);
    }
}
