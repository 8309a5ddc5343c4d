package io.patchwar.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchwar.model.Minutes;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.RecentCounts;
import io.patchwar.model.WriteLoad;
import io.patchwar.pressure.EtcdProcess.Sizes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The estimator beside a real etcd, at sizes that it was not fitted on. Time is data to the estimator, so that the minutes
 * of a war are counted and not waited for: etcd gets the same writes, compactions and quota, as fast as it takes them.
 * {@code -Dpatchwar.pressure.times=10} writes ten times as much ({@code make pressure}).
 */
class EtcdIT {
    private static final int TIMES = Integer.getInteger("patchwar.pressure.times", 1);
    private static final String KEY = "/registry/services/specs/shop/web-1";
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Percentage CLOSE = Percentage.withPercentage(15);
    private static final long MIB = 1L << 20;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsAnEtcd() {
        assumeTrue(EtcdProcess.isOnThePath(), "there is no etcd on the PATH; apt-get install etcd-server brings one");
    }

    @Test
    void etcdGrowsAsItIsReckoned() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start(folder, 4_096 * MIB)) {
            for (int size : new int[] {900, 2_300, 7_000, 20_000, 120_000}) {
                grows(etcd, size);
            }
        }
    }

    private static void grows(EtcdProcess etcd, int size) throws Exception {
        int writes = Math.max(150, 6_000_000 / size) * TIMES;
        etcd.put(KEY, value(size), 20);
        long before = etcd.settled();
        War war = new War(size);

        assertThat(etcd.put(KEY, value(size), writes)).isEqualTo(writes);
        Instant end = war.fought(writes, writes / 100.0);

        double measured = etcd.settled() - before;
        double reckoned = war.pressure(end, null).growthPerSecond() * 100;
        System.out.printf(
                "%d bytes, %d writes: reckoned %.0f a revision, measured %.0f (%+.1f %%)%n",
                size, writes, reckoned / writes, measured / writes, 100 * (reckoned / measured - 1));
        assertThat(reckoned).as("%d bytes", size).isCloseTo(measured, CLOSE);
    }

    /** As the API server compacts: every interval up to where it was an interval before. */
    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {2_300, 20_000})
    void compactionKeepsUpWhereItIsReckoned(int size) throws Exception {
        int perInterval = Math.max(150, 1_500_000 / size) * TIMES;
        double perSecond = perInterval / 300.0;
        try (EtcdProcess etcd = EtcdProcess.start(folder, 2_048 * MIB)) {
            long empty = etcd.sizes().file();
            War war = new War(size);
            long noted = etcd.revision();
            Instant now = START;
            for (int interval = 0; interval < 5; interval++) {
                etcd.put(KEY, value(size), perInterval);
                now = war.fought(perInterval, perSecond);
                long to = noted;
                noted = etcd.revision();
                if (interval > 0) {
                    etcd.compact(to);
                }
            }
            double measured = etcd.sizes().file() - empty;
            double reckoned = war.pressure(now, null).plateauBytes();
            System.out.printf(
                    "%d bytes, compacted: plateau reckoned %.2f MB, measured %.2f MB (%+.1f %%)%n",
                    size, reckoned / 1e6, measured / 1e6, 100 * (reckoned / measured - 1));
            assertThat(reckoned).isCloseTo(measured, CLOSE);
        }
    }

    /** Three minutes and more until etcd is full: then somebody is told with half of it left. */
    @ParameterizedTest(name = "full in {0} s")
    @ValueSource(ints = {180, 420})
    void theAlarmComesWithHalfOfTheTimeLeft(int seconds) throws Exception {
        int size = 7_000;
        long quota = 16 * MIB;
        try (EtcdProcess etcd = EtcdProcess.start(folder, quota)) {
            double perSecond = quota / Revision.bytes(size) / seconds;
            SeverityJudgement judgement = new SeverityJudgement(etcd, quota, size);

            judgement.fight(perSecond, 2 * seconds);

            System.out.printf(
                    "meant to be full in %d s: critical at %d s, said full at %d s, was full at %d s%n",
                    seconds, judgement.critical, judgement.saidFull, judgement.full);
            assertThat(judgement.full).as("etcd was full in the end").isPositive();
            assertThat(judgement.critical).isBetween(1L, judgement.full / 2);
            assertThat((double) judgement.saidFull).isCloseTo((double) judgement.full, CLOSE);
        }
    }

    /** The other side: a war that is half as fast as would fill it is told as a warning, and etcd holds. */
    @Test
    void noAlarmWhereEtcdHolds() throws Exception {
        int size = 7_000;
        long quota = 16 * MIB;
        try (EtcdProcess etcd = EtcdProcess.start(folder, quota)) {
            double perSecond = quota / Revision.bytes(size) / 900;
            SeverityJudgement judgement = new SeverityJudgement(etcd, quota, size);

            judgement.fight(perSecond, 1_200);

            assertThat(judgement.full).isZero();
            assertThat(judgement.critical).isZero();
        }
    }

    /** Fights against an etcd as time goes on by the second, and judges every five as the war board does. */
    private static final class SeverityJudgement {
        private final EtcdProcess etcd;
        private final long quota;
        private final War war;
        private final byte[] value;
        private long critical;
        private long saidFull;
        private long full;

        SeverityJudgement(EtcdProcess etcd, long quota, int size) {
            this.etcd = etcd;
            this.quota = quota;
            this.war = new War(size);
            this.value = value(size);
        }

        void fight(double perSecond, int seconds) throws Exception {
            double due = 0;
            long noted = etcd.revision();
            for (int second = 1; second <= seconds && full == 0; second++) {
                due += perSecond;
                int writes = (int) due;
                due -= writes;
                int stored = etcd.put(KEY, value, writes);
                Instant now = START.plusSeconds(second);
                war.stored(stored, now);
                if (stored < writes) {
                    full = second;
                }
                if (second % 300 == 0) {
                    long to = noted;
                    noted = etcd.revision();
                    if (second > 300) {
                        etcd.compact(to);
                    }
                }
                if (second % 5 == 0) {
                    judge(second, now);
                }
            }
        }

        private void judge(int second, Instant now) throws Exception {
            Sizes sizes = etcd.sizes();
            Pressure pressure = war.pressure(now, new EtcdSpace(quota, sizes.inUse(), now));
            Duration time = pressure.timeToQuota();
            if (time != null && time.compareTo(Duration.ofHours(1)) < 0) {
                critical = critical == 0 ? second : critical;
                // A rate of a few seconds is none; what is said after a minute is believed.
                saidFull = second <= 60 ? second + time.toSeconds() : saidFull;
            }
        }
    }

    /** A war over one object, as it is counted from audit events. */
    private static final class War {
        private final int size;
        private final RecentCounts stored = new RecentCounts();
        private final RecentCounts bytes = new RecentCounts();
        private Instant now = START;

        War(int size) {
            this.size = size;
        }

        /** So many writes, evenly; answers with when the last was. */
        Instant fought(int writes, double perSecond) {
            for (int i = 0; i < writes; i++) {
                now = now.plusNanos((long) (1e9 / perSecond));
                stored(1, now);
            }
            return now;
        }

        void stored(int writes, Instant at) {
            for (int i = 0; i < writes; i++) {
                stored.add(at);
                bytes.add(at, size);
            }
        }

        Pressure pressure(Instant at, EtcdSpace space) {
            WriteLoad load = new WriteLoad(
                    START, stored.minutes(), stored.minutes(), bytes.minutes(), Minutes.NONE, Minutes.NONE, null);
            Burden burden = new Burden("war", new ObjectRef("c", "", "services", "shop", "web-1"), load);
            return ClusterPressure.of(at, List.of(burden), List.of(), space, PressureConfig.DEFAULT)
                    .wars()
                    .get("war");
        }
    }

    private static byte[] value(int size) {
        byte[] value = new byte[size];
        new Random(size).nextBytes(value);
        return value;
    }
}
