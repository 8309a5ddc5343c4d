package io.patchwar.watch;

import io.patchwar.detection.Verdict;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.pressure.Burden;
import io.patchwar.pressure.Pressure;
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

/** The wars and findings of a shard, each with the worst severity it reached. Bounded; one thread. */
final class WarBook {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Comparator<War> WORST_FIRST = Comparator.comparing(War::severity)
            .reversed()
            .thenComparing(War::reversals, Comparator.reverseOrder())
            .thenComparing(war -> war.object().toString())
            .thenComparing(War::id);

    private final int most;
    private final Map<String, Page> pages = new LinkedHashMap<>();

    WarBook(int most) {
        this.most = most;
    }

    /** What is kept of one war: how it stands, and the worst that it was by itself. */
    private static final class Page {
        /** In no more minutes than this its share of the cluster's writes is looked at. */
        private static final int MOST_MINUTES = 1_000;

        private Verdict latest;
        private Severity worst = Severity.INFO;

        /** By the minute, the rate at which it would have been worse if the cluster had written little else. */
        private final Map<Long, WarRate> shares = new HashMap<>(0);

        Page(Verdict first) {
            this.latest = first;
        }

        WarRate rate(Instant now) {
            return new WarRate(
                    latest.warClass(),
                    latest.object(),
                    latest.fields(),
                    latest.lately(),
                    latest.storedLately(),
                    0,
                    Duration.between(latest.startedAt(), now),
                    latest.lastGap(),
                    null);
        }

        void judge(Verdict verdict, Instant now) {
            latest = verdict;
            if (worst == Severity.CRITICAL) {
                return;
            }
            WarRate rate = rate(now);
            worst = worse(worst, SeverityJudge.judge(rate));
            if (worst != Severity.CRITICAL && SeverityJudge.judge(rate.among(1)) == Severity.CRITICAL) {
                long minute = WritesByMinute.minute(now);
                WarRate before = shares.get(minute);
                boolean room = shares.size() < MOST_MINUTES || before != null;
                if (room && (before == null || before.storedLately() < rate.storedLately())) {
                    shares.put(minute, rate);
                }
            }
        }

        Severity worst(WritesByMinute cluster) {
            Severity severity = worst;
            for (Map.Entry<Long, WarRate> share : shares.entrySet()) {
                WarRate rate = share.getValue().among(cluster.lately(share.getKey()));
                severity = worse(severity, SeverityJudge.judge(rate));
            }
            return severity;
        }
    }

    private static Severity worse(Severity one, Severity other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    void record(Verdict verdict, Instant now) {
        if (verdict.withdrawn()) {
            pages.remove(verdict.id());
            return;
        }
        Page page = pages.get(verdict.id());
        if (page == null) {
            page = new Page(verdict);
            pages.put(verdict.id(), page);
        }
        page.judge(verdict, now);
        if (pages.size() > most) {
            pages.remove(pages.keySet().iterator().next());
        }
    }

    /** What is being fought in a cluster, as it stands. */
    List<Weighing.Load> loads(String cluster, Instant now) {
        List<Weighing.Load> loads = new ArrayList<>();
        for (Page page : pages.values()) {
            Verdict latest = page.latest;
            if (latest.object().cluster().equals(cluster)
                    && latest.lastChangeAt().plus(REMEMBERED).isAfter(now)) {
                Burden burden = new Burden(latest.id(), latest.object(), latest.load());
                loads.add(new Weighing.Load(burden, page.rate(now)));
            }
        }
        return loads;
    }

    /** All that the books hold, each with the worst severity that it reached, judged by what its cluster wrote. */
    static Findings findings(
            List<WarBook> books, Map<String, WritesByMinute> writes, Scales scales, Map<String, ClusterSight> sight) {
        List<War> wars = new ArrayList<>();
        List<War> findings = new ArrayList<>();
        List<War> muted = new ArrayList<>();
        Map<String, Pressure> pressure = new HashMap<>();
        for (WarBook book : books) {
            for (Page page : book.pages.values()) {
                War war = page.latest.war();
                WritesByMinute cluster = writes.getOrDefault(war.object().cluster(), new WritesByMinute());
                war = war.withSeverity(worse(page.worst(cluster), scales.worst(war.id())));
                (war.muted() != null ? muted : war.warClass().isWar() ? wars : findings).add(war);
                Pressure highest = scales.highest(war.id());
                if (highest != null) {
                    pressure.put(war.id(), highest);
                }
            }
        }
        wars.sort(WORST_FIRST);
        findings.sort(WORST_FIRST);
        muted.sort(WORST_FIRST);
        return new Findings(wars, findings, muted, Conflicts.among(wars), sight, pressure);
    }
}
