package io.patchwar.pressure;

import static io.patchwar.pressure.Fights.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.ClusterLoad.Growth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ClusterPressureTest {
    private static final Percentage CLOSE = Percentage.withPercentage(15);
    private static final PressureConfig CONFIG = PressureConfig.DEFAULT;
    private static final long MIB = 1L << 20;

    /** What two real controllers did to a real etcd 3.6 over twelve Services (recordings/README.md). */
    @Test
    void theRecordedTwelveServicesComeOutAsTheyWereMeasured() {
        Instant now = START.plusSeconds(90);
        ClusterPressure pressure = ClusterPressure.of(
                now,
                services(12, 122 / 12.0, 1_500, now),
                List.of(Fights.cluster(0, 122, 1_500, START, now)),
                new EtcdSpace(128 * MIB, 0L, null),
                CONFIG);

        assertThat(pressure.writesPerSecond()).isCloseTo(122, CLOSE);
        assertThat(pressure.growthPerSecond()).isCloseTo(248_000, CLOSE);
        assertThat(seconds(pressure.timeToQuota())).isCloseTo(9 * 60 + 16, CLOSE);
        assertThat(pressure.wars()).hasSize(12).allSatisfy((id, war) -> {
            assertThat(war.revisionBytes()).isCloseTo(2_035, CLOSE);
            assertThat(seconds(war.timeToQuota())).isCloseTo(9 * 60 + 16, CLOSE);
            assertThat(war.alone()).isFalse();
            assertThat(war.sentence())
                    .contains("with the cluster's other wars fill its quota of 128 MiB in about 9 min");
        });
    }

    @Test
    void aQuotaThatHoldsThePlateauIsNeverFull() {
        Instant now = START.plusSeconds(300);
        List<Burden> war = services(1, 10, 2_000, now);
        double plateau = ClusterPressure.of(now, war, List.of(), null, CONFIG).plateauBytes();

        ClusterPressure holds = ClusterPressure.of(
                now, war, List.of(), new EtcdSpace((long) plateau + 10 + 100 * MIB, 100 * MIB, null), CONFIG);
        ClusterPressure fills = ClusterPressure.of(
                now, war, List.of(), new EtcdSpace((long) plateau - 10 + 100 * MIB, 100 * MIB, null), CONFIG);

        assertThat(holds.timeToQuota()).isNull();
        assertThat(holds.wars().get("war-0").sentence())
                .contains("of its quota of")
                .contains("do not fill");
        assertThat(seconds(fills.timeToQuota())).isCloseTo(600, Percentage.withPercentage(1));
        assertThat(fills.wars().get("war-0").alone()).isTrue();
    }

    /** The table of what a war of that size does, computed from etcd's rules. */
    @Test
    void largeObjectsFillWhatManySmallOnesDoNot() {
        EtcdSpace usual = new EtcdSpace(2_000_000_000L, 500_000_000L, null);
        assertThat(timeToQuota(2_000, 10, usual)).isNull();
        assertThat(timeToQuota(8_000, 100, usual)).isNull();
        assertThat(timeToQuota(102_400, 10, usual)).isNull();
        assertThat(seconds(timeToQuota(102_400, 25, usual))).isCloseTo(9.8 * 60, CLOSE);
        assertThat(seconds(timeToQuota(1_048_576, 3, usual))).isCloseTo(8.2 * 60, CLOSE);
        assertThat(seconds(timeToQuota(1_048_576, 10, usual))).isCloseTo(2.5 * 60, CLOSE);
    }

    @Test
    void whatAWarHadWrittenWhenTheSizeWasMeasuredIsNotCountedTwice() {
        Instant now = START.plusSeconds(400);
        List<Burden> war = services(1, 100, 3_000, now);
        double growth = ClusterPressure.of(now, war, List.of(), null, CONFIG).growthPerSecond();
        long headroom = (long) (growth * 300);
        EtcdSpace written = new EtcdSpace(headroom + 10 * MIB, 10 * MIB, null);
        EtcdSpace measured = new EtcdSpace(headroom + 10 * MIB, 10 * MIB, START.plusSeconds(350));
        EtcdSpace early = new EtcdSpace(headroom + 10 * MIB, 10 * MIB, START.plusSeconds(200));

        assertThat(seconds(
                        ClusterPressure.of(now, war, List.of(), written, CONFIG).timeToQuota()))
                .isCloseTo(300, CLOSE);
        // After 350 s another 250 s of its history stand before compaction keeps up: that is less than the headroom.
        assertThat(ClusterPressure.of(now, war, List.of(), measured, CONFIG).timeToQuota())
                .isNull();
        assertThat(seconds(
                        ClusterPressure.of(now, war, List.of(), early, CONFIG).timeToQuota()))
                .isCloseTo(100, CLOSE);
    }

    @Test
    void aSmallWarBesideALargeOneHasNoPartInIt() {
        Instant now = START.plusSeconds(90);
        List<Burden> both = List.of(
                Fights.burden("large", "configmaps", 25, 100_000, START, now),
                Fights.burden("small", "configmaps", 1, 1_000, START, now));
        ClusterPressure pressure =
                ClusterPressure.of(now, both, List.of(), new EtcdSpace(1024 * MIB, 0L, null), CONFIG);

        assertThat(pressure.wars().get("large").timeToQuota()).isNotNull();
        assertThat(pressure.wars().get("small").timeToQuota()).isNull();
    }

    @Test
    void sharesAreOfWhatAllPartitionsSaw() {
        Instant now = START.plusSeconds(300);
        Instant before = START.minusSeconds(3_600);
        List<ClusterLoad> loads = List.of(
                Fights.cluster(0, 10, 2_000, START, now),
                Fights.cluster(1, 20, 500, before, now),
                Fights.cluster(2, 10, 500, before, now));
        ClusterPressure pressure = ClusterPressure.of(now, services(1, 10, 2_000, now), loads, null, CONFIG);

        assertThat(pressure.wars().get("war-0").writeShare()).isCloseTo(0.25, CLOSE);
        assertThat(pressure.writesPerSecond()).isCloseTo(40, CLOSE);
    }

    @Test
    void watchersAreSentEachWrite() {
        Instant now = START.plusSeconds(60);
        PressureConfig watched = new PressureConfig(null, Duration.ofMinutes(5), Map.of("services", 1_000, "*", 3));
        Pressure service = ClusterPressure.of(now, services(1, 10, 2_000, now), List.of(), null, watched)
                .wars()
                .get("war-0");
        Pressure other = ClusterPressure.of(
                        now, List.of(Fights.burden("x", "secrets", 10, 2_000, START, now)), List.of(), null, watched)
                .wars()
                .get("x");

        assertThat(service.watchEventsPerSecond()).isCloseTo(10_000, CLOSE);
        assertThat(service.watchBytesPerSecond()).isCloseTo(20_000_000, CLOSE);
        assertThat(other.watchEventsPerSecond()).isCloseTo(30, CLOSE);
    }

    @Test
    void objectsThatPileUpHaveNoPlateau() {
        Instant now = START.plusSeconds(600);
        ClusterLoad one = leaking(0, START, now, new Growth("secrets", 400, 100, 600_000));
        ClusterLoad two = leaking(
                1, START, now, new Growth("secrets", 300, 0, 450_000), new Growth("jobs.batch", 29, 0, 9_000_000));
        ClusterPressure pressure =
                ClusterPressure.of(now, List.of(), List.of(one, two), new EtcdSpace(100 * MIB, 0L, null), CONFIG);

        assertThat(pressure.leak()).isNotNull();
        assertThat(pressure.leak().resource()).isEqualTo("secrets");
        assertThat(pressure.leak().objectsPerSecond()).isCloseTo(1, CLOSE);
        assertThat(pressure.leak().growthPerSecond()).isCloseTo(2_048, CLOSE);
        assertThat(seconds(pressure.leak().timeToQuota())).isCloseTo(51_200, CLOSE);
    }

    @Test
    void whereNoReplyTellsTheSizeNothingIsSaidOfGrowth() {
        Instant now = START.plusSeconds(60);
        Pressure pressure = ClusterPressure.of(
                        now, services(1, 10, 0, now), List.of(), new EtcdSpace(MIB, 0L, null), CONFIG)
                .wars()
                .get("war-0");

        assertThat(pressure.timeToQuota()).isNull();
        assertThat(pressure.sentence()).startsWith("10 stored writes a second; the log does not tell how large");
    }

    private static ClusterLoad leaking(int partition, Instant since, Instant now, Growth... growing) {
        ClusterLoad load = Fights.cluster(partition, 1, 1_000, since, now);
        return new ClusterLoad("c", partition, since, now, load.writes(), load.bytes(), List.of(growing));
    }

    private static List<Burden> services(int count, double writesPerSecond, int bytes, Instant now) {
        List<Burden> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(Fights.service(i, writesPerSecond, bytes, now));
        }
        return services;
    }

    private static Duration timeToQuota(int bytes, double perSecond, EtcdSpace etcd) {
        Instant now = START.plusSeconds(120);
        return ClusterPressure.of(now, services(1, perSecond, bytes, now), List.of(), etcd, CONFIG)
                .timeToQuota();
    }

    private static double seconds(Duration time) {
        assertThat(time).isNotNull();
        return time.toMillis() / 1000.0;
    }
}
