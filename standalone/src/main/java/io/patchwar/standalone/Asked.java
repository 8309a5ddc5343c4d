package io.patchwar.standalone;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.standalone.report.InputAccount;
import io.patchwar.standalone.report.ScanReport;
import io.patchwar.watch.Conflicts;
import io.patchwar.watch.Findings;
import io.patchwar.watch.ResourceSight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which wars and findings somebody wants to see. All writes are judged whatever is asked for, so that an answer does not depend
 * on the question.
 *
 * @param classes all, if empty
 * @param resources plural names, with or without the group after a dot; all, if empty
 * @param namespaces all, if empty; {@code ""} for cluster-scoped objects
 * @param minSeverity the least that is shown
 */
record Asked(Set<WarClass> classes, List<String> resources, List<String> namespaces, Severity minSeverity) {

    ScanReport report(Findings all, InputAccount input, List<String> notices) {
        List<War> wars = chosen(all.wars());
        List<War> findings = chosen(all.findings());
        List<War> muted = chosen(all.muted());
        int hidden = all.wars().size() + all.findings().size() - wars.size() - findings.size();
        Findings some = new Findings(wars, findings, muted, Conflicts.among(wars), all.sight(), all.pressure());
        return new ScanReport(some, input, inWords(), hidden, seen(all), notices);
    }

    private List<War> chosen(List<War> wars) {
        return wars.stream().filter(this::wants).toList();
    }

    private boolean wants(War war) {
        ObjectRef object = war.object();
        return (classes.isEmpty() || classes.contains(war.warClass()))
                && (resources.isEmpty() || isAsked(object.resource(), object.group()))
                && (namespaces.isEmpty() || namespaces.contains(object.namespace()))
                && war.severity().compareTo(minSeverity) >= 0;
    }

    private boolean isAsked(String resource, String group) {
        return resources.contains(resource) || resources.contains(resource + "." + group);
    }

    /** The sight of the resources that were asked for: of what nobody asked it is no news whether it could be seen. */
    private Map<String, Map<String, ResourceSight>> seen(Findings all) {
        Map<String, Map<String, ResourceSight>> seen = ScanReport.seen(all);
        if (resources.isEmpty()) {
            return seen;
        }
        Map<String, Map<String, ResourceSight>> some = new TreeMap<>();
        seen.forEach((cluster, sights) -> {
            Map<String, ResourceSight> chosen = new TreeMap<>();
            sights.forEach((name, sight) -> {
                int dot = name.indexOf('.');
                String resource = dot < 0 ? name : name.substring(0, dot);
                if (isAsked(resource, dot < 0 ? "" : name.substring(dot + 1))) {
                    chosen.put(name, sight);
                }
            });
            some.put(cluster, chosen);
        });
        return some;
    }

    private String inWords() {
        List<String> words = new ArrayList<>();
        if (!classes.isEmpty()) {
            words.add("class " + classes.stream().sorted().map(WarClass::word).collect(Collectors.joining(", ")));
        }
        if (!resources.isEmpty()) {
            words.add("resource " + String.join(", ", resources));
        }
        if (!namespaces.isEmpty()) {
            words.add("namespace "
                    + namespaces.stream()
                            .map(n -> n.isEmpty() ? "\"\" (none)" : n)
                            .collect(Collectors.joining(", ")));
        }
        if (minSeverity != Severity.INFO) {
            words.add("severity " + minSeverity.word() + " or worse");
        }
        return String.join("; ", words);
    }
}
