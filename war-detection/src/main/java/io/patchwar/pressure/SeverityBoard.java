package io.patchwar.pressure;

import io.patchwar.model.Minutes;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarState;
import io.patchwar.model.WriteLoad;
import io.patchwar.model.wire.ClusterLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the wars of clusters where all that is known of them meets: severity and pressure of each. Knows no clock; remembers
 * of each war it was last given since when a level holds, and of others nothing. One thread.
 */
public final class SeverityBoard {
    private final PressureConfig config;
    private final Map<String, Map<String, SeverityLatch>> latches = new HashMap<>();

    public SeverityBoard(PressureConfig config) {
        this.config = config;
    }

    /**
     * How a war is judged.
     *
     * @param pressure null where nobody counted what its contenders write, and when it is over
     */
    public record Judged(Severity severity, @Nullable Pressure pressure) {}

    /**
     * What one cluster comes to.
     *
     * @param wars by id: each war that was given
     */
    public record Judgement(ClusterPressure cluster, Map<String, Judged> wars) {
        public Judgement {
            wars = Map.copyOf(wars);
        }
    }

    /**
     * Judges all wars and findings of one cluster; what is left out is forgotten.
     *
     * @param now the cluster's own time
     * @param wars of that cluster, muted and ended ones included
     * @param loads what each partition saw of its writes
     * @param measured of it; where nothing was, what is configured holds
     */
    public Judgement judge(
            String cluster, Instant now, Collection<War> wars, Collection<ClusterLoad> loads, Measured measured) {
        List<Burden> burdens = new ArrayList<>();
        for (War war : wars) {
            Burden burden = Burden.of(war);
            if (burden != null && war.state() == WarState.ONGOING) {
                burdens.add(burden);
            }
        }
        PressureConfig holds = measured.over(config);
        ClusterPressure pressure = ClusterPressure.of(now, burdens, loads, holds.etcd(), holds);
        Minutes writes = loads.stream().map(ClusterLoad::writes).reduce(Minutes.NONE, Minutes::plus);
        Map<String, SeverityLatch> before = latches.getOrDefault(cluster, Map.of());
        Map<String, SeverityLatch> after = new HashMap<>();
        Map<String, Judged> judged = new LinkedHashMap<>();
        for (War war : wars) {
            Pressure of = pressure.wars().get(war.id());
            Severity severity = war.state() == WarState.ENDED
                    ? Severity.INFO
                    : SeverityJudge.judge(rate(war, now, writes, of == null ? null : of.timeToQuota()));
            SeverityLatch latch =
                    before.getOrDefault(war.id(), SeverityLatch.OPEN).with(severity, now);
            after.put(war.id(), latch);
            judged.put(war.id(), new Judged(latch.level(now), of));
        }
        if (after.isEmpty()) {
            latches.remove(cluster);
        } else {
            latches.put(cluster, after);
        }
        return new Judgement(pressure, judged);
    }

    private static WarRate rate(War war, Instant now, Minutes writes, @Nullable Duration timeToQuota) {
        WriteLoad load = war.load();
        Duration age = Duration.between(war.startedAt(), now);
        if (load == null) {
            return new WarRate(war.warClass(), war.object(), war.fields(), 0, 0, 0, age, war.period(), timeToQuota);
        }
        Duration since = Duration.between(war.lastChangeAt(), now);
        Duration gap = load.lastGap();
        return new WarRate(
                war.warClass(),
                war.object(),
                war.fields(),
                load.counted().sum(now),
                load.stored().sum(now),
                writes.sum(now, load.since()),
                age,
                gap == null || gap.compareTo(since) > 0 ? gap : since,
                timeToQuota);
    }
}
