package io.patchwar.standalone.report;

import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.Findings;
import io.patchwar.watch.ResourceSight;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that a scan has to say.
 *
 * @param findings as far as they were asked for
 * @param input of all records, whatever was asked for
 * @param asked what was asked for, in words; empty if everything was
 * @param hidden wars and findings that were found, and not asked for
 * @param notices of mutes that end
 * @param seen what could be seen of the resources that were asked for, by cluster and resource
 */
public record ScanReport(
        Findings findings,
        InputAccount input,
        String asked,
        int hidden,
        Map<String, Map<String, ResourceSight>> seen,
        List<String> notices) {
    public ScanReport {
        notices = List.copyOf(notices);
    }

    /** What it all comes to; its number is the exit status. */
    public enum Outcome {
        /** Nobody fought, as far as could be seen. */
        PEACE(0),
        WARS(1),
        /** No war was seen, but nothing that could have shown one either. */
        BLIND(3);

        private final int exitStatus;

        Outcome(int exitStatus) {
            this.exitStatus = exitStatus;
        }

        public int exitStatus() {
            return exitStatus;
        }
    }

    /** A report on findings of which nothing was left out. */
    public static ScanReport of(Findings findings, InputAccount input) {
        return new ScanReport(findings, input, "", 0, seen(findings), List.of());
    }

    /** Everything that could be seen, by cluster and resource. */
    public static Map<String, Map<String, ResourceSight>> seen(Findings findings) {
        Map<String, Map<String, ResourceSight>> seen = new TreeMap<>();
        findings.sight().forEach((cluster, sight) -> seen.put(cluster, new TreeMap<>(sight.resources())));
        return seen;
    }

    public Outcome outcome() {
        if (!findings.wars().isEmpty()) {
            return Outcome.WARS;
        }
        return resources().stream().anyMatch(r -> r.withBodies() > 0) ? Outcome.PEACE : Outcome.BLIND;
    }

    /** What could be seen of each resource that was asked for. */
    Collection<ResourceSight> resources() {
        return seen.values().stream().flatMap(m -> m.values().stream()).toList();
    }

    long writes() {
        return resources().stream().mapToLong(ResourceSight::writes).sum();
    }

    long writesWithBodies() {
        return resources().stream().mapToLong(ResourceSight::withBodies).sum();
    }

    /** Sight of each cluster. */
    Map<String, ClusterSight> clusters() {
        return new TreeMap<>(findings.sight());
    }

    /** The wars in their order, those of one cause together: the worst of them first. */
    List<Front> fronts() {
        Map<String, War> wars = new LinkedHashMap<>();
        findings.wars().forEach(war -> wars.put(war.id(), war));
        Set<String> told = new HashSet<>();
        Set<Front> fronts = new LinkedHashSet<>();
        for (War war : findings.wars()) {
            if (!told.add(war.id())) {
                continue;
            }
            Conflict conflict = findings.conflicts().stream()
                    .filter(c -> c.wars().contains(war.id()))
                    .findFirst()
                    .orElse(null);
            List<War> others = conflict == null
                    ? List.of()
                    : conflict.wars().stream()
                            .filter(told::add)
                            .map(wars::get)
                            .filter(other -> other != null)
                            .toList();
            fronts.add(new Front(war, conflict, others));
        }
        return List.copyOf(fronts);
    }
}
