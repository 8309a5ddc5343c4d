package io.patchwar.processor.board;

import io.patchwar.detection.WarId;
import io.patchwar.model.Conflict;
import io.patchwar.model.Contender;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.War;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Wars of one cluster with the same contenders over the same resource, each of which shares a field with another: one
 * conflict. A war has one cause at most. The id keeps still while wars join: it is made of the field of the oldest.
 *
 * @param wars the oldest first, at least two
 */
public record CommonCause(Conflict conflict, List<War> wars) {
    private static final Comparator<War> OLDEST_FIRST =
            Comparator.comparing(War::startedAt).thenComparing(War::id);

    public CommonCause {
        wars = List.copyOf(wars);
    }

    private record Parties(String cluster, String resource, List<String> contenders) {}

    /** The causes that at least two of these wars share, those of most wars first. Findings have none. */
    public static List<CommonCause> among(List<War> wars) {
        Map<Parties, List<War>> byParties = new LinkedHashMap<>();
        wars.stream()
                .filter(war -> war.warClass().isWar())
                .sorted(OLDEST_FIRST)
                .forEach(war -> byParties
                        .computeIfAbsent(parties(war), p -> new ArrayList<>())
                        .add(war));
        List<CommonCause> causes = new ArrayList<>();
        byParties.forEach((parties, all) -> {
            for (List<War> some : sharingFields(all)) {
                if (some.size() > 1) {
                    causes.add(new CommonCause(conflict(parties, some), some));
                }
            }
        });
        causes.sort(Comparator.comparing((CommonCause c) -> -c.wars().size())
                .thenComparing(c -> c.conflict().id()));
        return causes;
    }

    private static Parties parties(War war) {
        ObjectRef o = war.object();
        String resource = o.group().isEmpty() ? o.resource() : o.resource() + "." + o.group();
        List<String> contenders = war.contenders().stream()
                .map(c -> c.account() + " " + c.program())
                .sorted()
                .distinct()
                .toList();
        return new Parties(o.cluster(), resource, contenders);
    }

    /** Splits the wars so that those of one part are linked by fields they share, directly or through others. */
    private static List<List<War>> sharingFields(List<War> wars) {
        int[] part = new int[wars.size()];
        Map<String, Integer> firstOf = new HashMap<>();
        for (int i = 0; i < part.length; i++) {
            part[i] = i;
            for (String field : wars.get(i).fields()) {
                Integer first = firstOf.putIfAbsent(field, i);
                if (first != null) {
                    int a = root(part, first);
                    int b = root(part, i);
                    part[Math.max(a, b)] = Math.min(a, b);
                }
            }
        }
        Map<Integer, List<War>> parts = new TreeMap<>();
        for (int i = 0; i < part.length; i++) {
            parts.computeIfAbsent(root(part, i), p -> new ArrayList<>()).add(wars.get(i));
        }
        return List.copyOf(parts.values());
    }

    private static int root(int[] part, int i) {
        int at = i;
        while (part[at] != at) {
            part[at] = part[part[at]];
            at = part[at];
        }
        return at;
    }

    private static Conflict conflict(Parties parties, List<War> wars) {
        War oldest = wars.get(0);
        Map<String, Integer> contested = new TreeMap<>();
        wars.forEach(war -> war.fields().forEach(field -> contested.merge(field, 1, Integer::sum)));
        contested.values().removeIf(count -> count < 2);
        String field = FirstField.of(oldest);
        String id = WarId.hash(
                parties.cluster(),
                String.join("\n", parties.contenders()),
                parties.resource(),
                field == null ? "" : field);
        Set<Contender> contenders = new LinkedHashSet<>();
        oldest.contenders()
                .forEach(c -> contenders.add(new Contender(c.account(), c.program(), List.of(), 0, 0, Map.of())));
        return new Conflict(
                id,
                parties.cluster(),
                oldest.warClass(),
                parties.resource(),
                List.copyOf(contested.keySet()),
                List.copyOf(contenders),
                wars.stream().map(War::id).toList(),
                wars.stream().mapToLong(War::reversals).sum());
    }
}
