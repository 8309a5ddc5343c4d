package io.patchwar.watch;

import io.patchwar.detection.Verdict;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.pressure.Burden;
import io.patchwar.pressure.ClusterPressure;
import io.patchwar.pressure.ClusterWrites;
import io.patchwar.pressure.Pressure;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.pressure.SeverityJudge;
import io.patchwar.pressure.WarRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wars and findings of a watch, each with the worst severity it reached, and its pressure when that was highest. Bounded;
 * one thread.
 */
final class WarBook {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Comparator<War> WORST_FIRST = Comparator.comparing(War::severity)
            .reversed()
            .thenComparing(War::reversals, Comparator.reverseOrder())
            .thenComparing(war -> war.object().toString())
            .thenComparing(War::id);

    private final int most;
    private final PressureConfig config;
    private final Map<String, Page> pages = new LinkedHashMap<>();

    WarBook(int most, PressureConfig config) {
        this.most = most;
        this.config = config;
    }

    private static final class Page {
        private Verdict latest;
        private Severity worst = Severity.INFO;

        @Nullable
        private Pressure highest;

        private Page(Verdict first) {
            this.latest = first;
        }

        private void reach(Severity severity) {
            worst = severity.compareTo(worst) > 0 ? severity : worst;
        }
    }

    void record(Verdict verdict, Instant now, ClusterWrites cluster) {
        if (verdict.withdrawn()) {
            pages.remove(verdict.id());
            return;
        }
        Page page = pages.computeIfAbsent(verdict.id(), id -> new Page(verdict));
        page.latest = verdict;
        page.reach(SeverityJudge.judge(rate(verdict, now, cluster, null)));
        if (pages.size() > most) {
            pages.remove(pages.keySet().iterator().next());
        }
    }

    private static WarRate rate(Verdict verdict, Instant now, ClusterWrites cluster, @Nullable Duration timeToQuota) {
        return new WarRate(
                verdict.warClass(),
                verdict.object(),
                verdict.fields(),
                verdict.lately(),
                verdict.storedLately(),
                cluster.lately(now),
                Duration.between(verdict.startedAt(), now),
                verdict.lastGap(),
                timeToQuota);
    }

    /** Weighs all together that is being fought in a cluster: only so it shows whether etcd will hold. */
    void weigh(String cluster, Instant now, ClusterWrites writes) {
        List<Burden> burdens = new ArrayList<>();
        for (Page page : pages.values()) {
            Verdict latest = page.latest;
            if (latest.object().cluster().equals(cluster)
                    && latest.lastChangeAt().plus(REMEMBERED).isAfter(now)) {
                burdens.add(new Burden(latest.id(), latest.object(), latest.load()));
            }
        }
        if (burdens.isEmpty()) {
            return;
        }
        ClusterPressure all =
                ClusterPressure.of(now, burdens, List.of(writes.load(cluster, 0, now)), config.etcd(), config);
        all.wars().forEach((id, pressure) -> {
            Page page = pages.get(id);
            if (page == null) {
                return;
            }
            Pressure highest = page.highest;
            if (highest == null || isWorse(pressure, highest)) {
                page.highest = pressure;
            }
            if (pressure.timeToQuota() != null) {
                page.reach(SeverityJudge.judge(rate(page.latest, now, writes, pressure.timeToQuota())));
            }
        });
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

    Findings findings(Map<String, ClusterSight> sight) {
        List<War> wars = new ArrayList<>();
        List<War> findings = new ArrayList<>();
        List<War> muted = new ArrayList<>();
        Map<String, Pressure> pressure = new HashMap<>();
        for (Page page : pages.values()) {
            War war = page.latest.war().withSeverity(page.worst);
            (war.muted() != null ? muted : war.warClass().isWar() ? wars : findings).add(war);
            if (page.highest != null) {
                pressure.put(war.id(), page.highest);
            }
        }
        wars.sort(WORST_FIRST);
        findings.sort(WORST_FIRST);
        muted.sort(WORST_FIRST);
        return new Findings(wars, findings, muted, Conflicts.among(wars), sight, pressure);
    }
}
