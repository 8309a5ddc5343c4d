package io.patchwar.watch;

import io.patchwar.model.Severity;
import io.patchwar.pressure.ClusterPressure;
import io.patchwar.pressure.Pressure;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.pressure.SeverityJudge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What weighing showed of each war: its pressure when that was highest, and the worst severity by the time to etcd's quota. In
 * whatever order the weighings come, the answer is the same. Bounded; any threads.
 */
final class Scales {
    private final PressureConfig config;
    private final int most;
    private final Map<String, Weight> weights = new LinkedHashMap<>();

    private record Weight(Pressure highest, Severity worst) {}

    Scales(PressureConfig config, int most) {
        this.config = config;
        this.most = most;
    }

    PressureConfig config() {
        return config;
    }

    /** @param lately stored writes of the whole cluster in the ten minutes before */
    synchronized void note(ClusterPressure all, List<Weighing.Load> loads, long lately) {
        for (Weighing.Load load : loads) {
            String id = load.burden().id();
            Pressure pressure = all.wars().get(id);
            if (pressure == null) {
                continue;
            }
            Duration time = pressure.timeToQuota();
            Severity severity = time == null
                    ? Severity.INFO
                    : SeverityJudge.judge(load.rate().among(lately).withTimeToQuota(time));
            Weight known = weights.get(id);
            if (known != null) {
                pressure = isWorse(pressure, known.highest()) ? pressure : known.highest();
                severity = severity.compareTo(known.worst()) > 0 ? severity : known.worst();
            }
            weights.put(id, new Weight(pressure, severity));
            if (weights.size() > most) {
                weights.remove(weights.keySet().iterator().next());
            }
        }
    }

    /** Sooner full, or faster, or where the size is not known more writes. */
    private static boolean isWorse(Pressure pressure, Pressure than) {
        Duration time = pressure.timeToQuota();
        Duration before = than.timeToQuota();
        if (time != null || before != null) {
            return before == null || (time != null && time.compareTo(before) < 0);
        }
        return pressure.growthPerSecond() > than.growthPerSecond()
                || (pressure.growthPerSecond() == than.growthPerSecond()
                        && pressure.writesPerSecond() > than.writesPerSecond());
    }

    /** Null if the war was never weighed. */
    synchronized @Nullable Pressure highest(String war) {
        Weight known = weights.get(war);
        return known == null ? null : known.highest();
    }

    synchronized Severity worst(String war) {
        Weight known = weights.get(war);
        return known == null ? Severity.INFO : known.worst();
    }
}
