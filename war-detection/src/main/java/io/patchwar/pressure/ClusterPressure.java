package io.patchwar.pressure;

import io.patchwar.model.Minutes;
import io.patchwar.model.WriteLoad;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.ClusterLoad.Growth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all that is fought in one cluster costs its etcd, at one moment of the cluster's time. A value; made with
 * {@link #of}.
 *
 * @param writesPerSecond stored writes of the whole cluster, as far as they were seen
 * @param storedBytesPerSecond of those
 * @param growthPerSecond of etcd, by wars and findings alone: what else is written was so before, and is in use already
 * @param plateauBytes what these take together for as long as they are fought
 * @param timeToQuota until etcd is full; null if it will not be, or if its quota is not known
 * @param leak the resource whose objects pile up fastest; null where none do
 * @param wars pressure by war
 */
public record ClusterPressure(
        double writesPerSecond,
        double storedBytesPerSecond,
        double growthPerSecond,
        double plateauBytes,
        @Nullable Duration timeToQuota,
        @Nullable Leak leak,
        Map<String, Pressure> wars) {
    /** A war is held to have a part in it if it is at least so large beside the largest. */
    private static final double PART = 0.1;

    /** So many objects in ten minutes are no leak, whatever becomes of them. */
    private static final int NO_LEAK = 30;

    /**
     * Objects that are made and not removed: etcd's growth by them has no plateau.
     *
     * @param objectsPerSecond more made than removed
     * @param timeToQuota by them alone; null if the quota is not known
     */
    public record Leak(
            String resource,
            double objectsPerSecond,
            double growthPerSecond,
            @Nullable Duration timeToQuota) {}

    public ClusterPressure {
        wars = Map.copyOf(wars);
    }

    /**
     * Weighs what is fought in a cluster.
     *
     * @param burdens its wars and findings that are not over, muted ones too
     * @param loads what each partition saw of the cluster's writes; may be empty
     * @param etcd quota and size; null if not known
     */
    public static ClusterPressure of(
            Instant now,
            Collection<Burden> burdens,
            Collection<ClusterLoad> loads,
            @Nullable EtcdSpace etcd,
            PressureConfig config) {
        Minutes writes = Minutes.NONE;
        Minutes bytes = Minutes.NONE;
        Instant since = now;
        for (ClusterLoad load : loads) {
            writes = writes.plus(load.writes());
            bytes = bytes.plus(load.bytes());
            since = load.since().isBefore(since) ? load.since() : since;
        }
        Map<String, Growing> growing = new LinkedHashMap<>();
        for (Burden burden : burdens) {
            growing.put(burden.id(), Growing.of(burden, now));
        }
        Fill fill = Fill.of(growing.values(), now, etcd, config);
        Map<String, Pressure> wars = new LinkedHashMap<>();
        for (Growing one : growing.values()) {
            Double share = loads.isEmpty() ? null : share(one.burden.load(), writes, now);
            wars.put(one.burden.id(), one.pressure(share, fill, etcd, config));
        }
        return new ClusterPressure(
                writes.fastestPerSecond(now, since),
                bytes.fastestPerSecond(now, since),
                fill.growth,
                fill.growth * config.kept().toSeconds(),
                fill.time,
                leak(loads, now, since, etcd),
                wars);
    }

    /** Of what the cluster stored since the war's writes are counted. */
    private static double share(WriteLoad load, Minutes writes, Instant now) {
        long all = writes.sum(now, load.since());
        return all == 0 ? 0 : Math.min(1, (double) load.stored().sum(now) / all);
    }

    private static @Nullable Leak leak(
            Collection<ClusterLoad> loads, Instant now, Instant since, @Nullable EtcdSpace etcd) {
        Map<String, Growth> byResource = new TreeMap<>();
        for (ClusterLoad load : loads) {
            if (Duration.between(load.time(), now).compareTo(Duration.ofMinutes(Minutes.COUNT)) < 0) {
                load.growing().forEach(g -> byResource.merge(g.resource(), g, ClusterPressure::both));
            }
        }
        double seconds = Math.max(
                Minutes.LEAST_SPAN.toSeconds(),
                Math.min(Duration.between(since, now).toSeconds(), Minutes.COUNT * 60L));
        Leak worst = null;
        for (Growth growth : byResource.values()) {
            long more = growth.made() - growth.removed();
            if (more >= NO_LEAK) {
                double bytes = more * Revision.bytes((double) growth.madeBytes() / growth.made()) / seconds;
                Duration time = etcd == null ? null : seconds(etcd.headroom() / bytes);
                if (worst == null || bytes > worst.growthPerSecond) {
                    worst = new Leak(growth.resource(), more / seconds, bytes, time);
                }
            }
        }
        return worst;
    }

    private static Growth both(Growth a, Growth b) {
        return new Growth(a.resource(), a.made() + b.made(), a.removed() + b.removed(), a.madeBytes() + b.madeBytes());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(Math.min(seconds, 1e9) * 1000));
    }

    /** One war, and how fast etcd grows by it. */
    private record Growing(Burden burden, double writes, double objectBytes, double revision, Instant now) {
        static Growing of(Burden burden, Instant now) {
            WriteLoad load = burden.load();
            long stored = load.stored().sum(now);
            double size = stored == 0 ? 0 : (double) load.storedBytes().sum(now) / stored;
            double revision = size == 0 ? 0 : Revision.bytes(size);
            return new Growing(burden, load.stored().fastestPerSecond(now, load.since()), size, revision, now);
        }

        double growth() {
            return writes * revision;
        }

        Pressure pressure(@Nullable Double share, Fill fill, @Nullable EtcdSpace etcd, PressureConfig config) {
            WriteLoad load = burden.load();
            double plateau = growth() * config.kept().toSeconds();
            boolean alone = etcd != null && growth() > 0 && fill.remaining(this) >= etcd.headroom();
            boolean part = fill.time != null && growth() >= PART * fill.largest;
            Integer watchers = config.watchersOf(
                    burden.object().resource(), burden.object().group());
            return new Pressure(
                    writes,
                    load.noOps().fastestPerSecond(now, load.since()),
                    load.rejected().fastestPerSecond(now, load.since()),
                    objectBytes,
                    revision,
                    growth(),
                    plateau,
                    share,
                    etcd == null ? null : etcd.quotaBytes(),
                    etcd == null ? null : (Double) (plateau / etcd.quotaBytes()),
                    alone,
                    part ? fill.time : null,
                    watchers == null ? null : (Double) (watchers * writes));
        }
    }

    /** What fills etcd's headroom, if all goes on. */
    private static final class Fill {
        private final double kept;
        private final @Nullable Instant measuredAt;
        private double growth;
        private double largest;

        @Nullable
        private Duration time;

        private Fill(@Nullable EtcdSpace etcd, PressureConfig config) {
            this.kept = config.kept().toSeconds();
            this.measuredAt = etcd == null ? null : etcd.measuredAt();
        }

        static Fill of(Collection<Growing> wars, Instant now, @Nullable EtcdSpace etcd, PressureConfig config) {
            Fill fill = new Fill(etcd, config);
            double remaining = 0;
            for (Growing war : wars) {
                fill.growth += war.growth();
                fill.largest = Math.max(fill.largest, war.growth());
                remaining += fill.remaining(war);
            }
            if (etcd != null && fill.growth > 0 && remaining >= etcd.headroom()) {
                double left = etcd.headroom() / fill.growth;
                Instant measured = etcd.measuredAt();
                left -= measured == null
                        ? 0
                        : Math.max(0, Duration.between(measured, now).toMillis() / 1000.0);
                fill.time = seconds(Math.max(0, left));
            }
            return fill;
        }

        /**
         * What the war still adds before compaction keeps up: all of its plateau to a size that somebody wrote down, and to a
         * measured one what the war had not yet written by then.
         */
        private double remaining(Growing war) {
            Instant measured = measuredAt;
            double written = 0;
            if (measured != null) {
                written = Math.max(
                        0, Duration.between(war.burden.load().since(), measured).toSeconds());
            }
            return war.growth() * Math.max(0, kept - written);
        }
    }
}
