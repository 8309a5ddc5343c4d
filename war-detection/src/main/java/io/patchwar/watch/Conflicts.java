package io.patchwar.watch;

import io.patchwar.detection.WarId;
import io.patchwar.model.Conflict;
import io.patchwar.model.Contender;
import io.patchwar.model.War;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Wars with one cause: fifty Services that the same two fight over are one conflict. */
public final class Conflicts {
    private Conflicts() {}

    private record Cause(String cluster, String group, String resource, List<String> contenders) {
        /** By hand, as is {@link #hashCode}: what the compiler makes of a record starts slowly, and here at the end of every scan. */
        @Override
        public boolean equals(Object o) {
            return o instanceof Cause other
                    && cluster.equals(other.cluster)
                    && group.equals(other.group)
                    && resource.equals(other.resource)
                    && contenders.equals(other.contenders);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * cluster.hashCode() + group.hashCode()) + resource.hashCode())
                    + contenders.hashCode();
        }
    }

    /** The conflicts among these wars, those of most wars first. */
    public static List<Conflict> among(List<War> wars) {
        Map<Cause, Map<String, List<War>>> causes = new LinkedHashMap<>();
        for (War war : wars) {
            Cause cause = cause(war);
            for (String field : war.fields()) {
                causes.computeIfAbsent(cause, c -> new LinkedHashMap<>())
                        .computeIfAbsent(field, f -> new ArrayList<>())
                        .add(war);
            }
        }
        List<Conflict> conflicts = new ArrayList<>();
        causes.forEach((cause, byField) -> {
            // Fields that the very same wars are about belong together.
            Map<List<War>, TreeSet<String>> byWars = new LinkedHashMap<>();
            byField.forEach((field, same) -> {
                if (same.size() > 1) {
                    byWars.computeIfAbsent(same, w -> new TreeSet<>()).add(field);
                }
            });
            byWars.forEach((same, fields) -> conflicts.add(conflict(cause, same, List.copyOf(fields))));
        });
        conflicts.sort((a, b) -> Integer.compare(b.wars().size(), a.wars().size()));
        return conflicts;
    }

    /** What wars that may be one conflict have in common, as a hash: cluster, contenders and resource. */
    public static String causeOf(War war) {
        Cause cause = cause(war);
        return WarId.hash(cause.cluster(), String.join("\n", cause.contenders()), cause.resource(), cause.group());
    }

    private static Cause cause(War war) {
        List<String> contenders = war.contenders().stream()
                .map(c -> c.account() + " " + c.program())
                .sorted()
                .distinct()
                .toList();
        return new Cause(
                war.object().cluster(), war.object().group(), war.object().resource(), contenders);
    }

    private static Conflict conflict(Cause cause, List<War> wars, List<String> fields) {
        War first = wars.get(0);
        String resource = cause.group().isEmpty() ? cause.resource() : cause.resource() + "." + cause.group();
        String id = WarId.hash(cause.cluster(), String.join("\n", cause.contenders()), resource, fields.get(0));
        List<Contender> contenders = first.contenders().stream()
                .map(c -> new Contender(c.account(), c.program(), List.of(), 0, 0, Map.of()))
                .toList();
        return new Conflict(
                id,
                cause.cluster(),
                first.warClass(),
                resource,
                fields,
                contenders,
                wars.stream().map(War::id).toList(),
                wars.stream().mapToLong(War::reversals).sum());
    }
}
