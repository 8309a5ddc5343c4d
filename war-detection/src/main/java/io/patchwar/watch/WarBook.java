package io.patchwar.watch;

import io.patchwar.detection.Verdict;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.pressure.SeverityJudge;
import io.patchwar.pressure.WarRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The wars and findings of a watch, each with the worst severity it reached. Bounded; one thread. */
final class WarBook {
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

    private record Page(Verdict latest, Severity worst) {}

    void record(Verdict verdict, Instant now, int clusterWrites) {
        if (verdict.withdrawn()) {
            pages.remove(verdict.id());
            return;
        }
        Severity severity = SeverityJudge.judge(new WarRate(
                verdict.warClass(),
                verdict.object(),
                verdict.fields(),
                verdict.lately(),
                clusterWrites,
                Duration.between(verdict.startedAt(), now),
                verdict.lastGap()));
        Page known = pages.get(verdict.id());
        if (known != null && known.worst().compareTo(severity) > 0) {
            severity = known.worst();
        }
        pages.put(verdict.id(), new Page(verdict, severity));
        if (pages.size() > most) {
            pages.remove(pages.keySet().iterator().next());
        }
    }

    Findings findings(Map<String, ClusterSight> sight) {
        List<War> wars = new ArrayList<>();
        List<War> findings = new ArrayList<>();
        List<War> muted = new ArrayList<>();
        for (Page page : pages.values()) {
            War war = page.latest().war().withSeverity(page.worst());
            (war.muted() != null ? muted : war.warClass().isWar() ? wars : findings).add(war);
        }
        wars.sort(WORST_FIRST);
        findings.sort(WORST_FIRST);
        muted.sort(WORST_FIRST);
        return new Findings(wars, findings, muted, Conflicts.among(wars), sight);
    }
}
