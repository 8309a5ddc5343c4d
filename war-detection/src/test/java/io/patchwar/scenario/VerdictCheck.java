package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchwar.scenario.Verdict.Expected;
import io.patchwar.scenario.Verdict.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what an engine said against what a scenario expects, as {@code judge.py} of the recordings does, and goes on:
 * a war said twice needs to be expected twice, evidence must be of this log, the accounting must add up.
 */
public final class VerdictCheck {

    /** Classes that count something else than reversals. */
    private static final Set<String> COUNT_OTHERWISE = Set.of("admission", "contention", "recreate");

    private final List<String> differences = new ArrayList<>();
    private final Set<String> auditIds;

    private VerdictCheck(Set<String> auditIds) {
        this.auditIds = auditIds;
    }

    /** Every difference, in a sentence each; empty where the engine is right. */
    public static List<String> differences(Verdict verdict, JsonNode said, Set<String> auditIds) {
        VerdictCheck check = new VerdictCheck(auditIds);
        check.wars(verdict, said.path("wars"));
        check.findings(verdict, said.path("findings"));
        if (said.has("conflicts")) {
            check.conflicts(said.path("wars"), said.path("conflicts"));
        }
        check.accounting(said.path("input"));
        return check.differences;
    }

    private void wars(Verdict verdict, JsonNode said) {
        Map<Subject, List<JsonNode>> wars = byKey(said);
        Map<Subject, List<Expected>> expected = byExpectedKey(verdict.wars());
        Set<Subject> keys = new TreeSet<>(Comparator.comparing(Subject::toString));
        keys.addAll(wars.keySet());
        keys.addAll(expected.keySet());
        for (Subject key : keys) {
            List<JsonNode> have = wars.getOrDefault(key, List.of());
            List<Expected> want = expected.getOrDefault(key, List.of());
            for (int i = 0; i < Math.max(have.size(), want.size()); i++) {
                if (i >= have.size()) {
                    differences.add(
                            "war missed: " + key + " over " + want.get(i).field());
                } else if (i >= want.size()) {
                    differences.add((want.isEmpty() ? "false war: " : "war said once too often: ") + key + " over "
                            + have.get(i).path("fields"));
                } else {
                    one("war", want.get(i), have.get(i));
                    evidence(key, have.get(i));
                }
            }
        }
    }

    /** Wars that share contenders, resource and a field are one conflict over that field, and nothing else is. */
    private void conflicts(JsonNode wars, JsonNode said) {
        Map<String, TreeSet<String>> byCause = new TreeMap<>();
        for (JsonNode war : wars) {
            JsonNode object = war.path("object");
            Set<String> contenders = new TreeSet<>();
            war.path("contenders")
                    .forEach(c -> contenders.add(
                            c.path("account").asText() + " " + c.path("program").asText()));
            String cause =
                    object.path("cluster").asText() + " " + object.path("group").asText() + " "
                            + object.path("resource").asText() + " " + contenders;
            for (String field : texts(war.path("fields"))) {
                byCause.computeIfAbsent(cause + " " + field, c -> new TreeSet<>())
                        .add(field + " " + war.path("id").asText());
            }
        }
        List<String> expected = byCause.values().stream()
                .filter(ids -> ids.size() > 1)
                .map(Set::toString)
                .sorted()
                .toList();
        List<String> have = new ArrayList<>();
        for (JsonNode conflict : said) {
            for (String field : texts(conflict.path("fields"))) {
                TreeSet<String> ids = new TreeSet<>();
                texts(conflict.path("wars")).forEach(id -> ids.add(field + " " + id));
                have.add(ids.toString());
            }
        }
        have.sort(Comparator.naturalOrder());
        if (!have.equals(expected)) {
            differences.add("conflicts: should be over " + expected + ", says " + have);
        }
    }

    private void findings(Verdict verdict, JsonNode said) {
        Map<Subject, List<JsonNode>> findings = byKey(said);
        Map<Subject, List<Expected>> expected = byExpectedKey(verdict.findings());
        expected.forEach((key, want) -> {
            List<JsonNode> have = findings.getOrDefault(key, List.of());
            if (have.isEmpty()) {
                differences.add("finding missed: " + key);
            } else {
                one("finding", want.get(0), have.get(0));
            }
        });
        findings.forEach((key, have) -> {
            boolean may = verdict.may().stream().anyMatch(each -> allows(each, key));
            if (!expected.containsKey(key) && !may) {
                differences.add("false finding: " + key + " over " + have.get(0).path("fields"));
            } else if (have.size() > 1) {
                differences.add("finding said twice: " + key);
            }
        });
    }

    /** A finding that may be: class and object, and the accounts where they are named. */
    private static boolean allows(Expected may, Subject key) {
        return may.warClass().equals(key.warClass())
                && may.on().kind().resource().equals(key.resource())
                && may.on().namespace().equals(key.namespace())
                && may.on().name().equals(key.name())
                && (may.accounts().isEmpty() || may.accounts().equals(key.accounts()));
    }

    private void one(String what, Expected want, JsonNode have) {
        if (want.field() != null && !texts(have.path("fields")).contains(want.field())) {
            differences.add("field: the " + what + " " + want.key() + " should name " + want.field() + ", says "
                    + have.path("fields"));
        }
        compare("confidence", what, want, want.confidence(), have);
        compare("state", what, want, want.state(), have);
    }

    private void compare(String word, String what, Expected want, @Nullable String wanted, JsonNode have) {
        if (wanted != null && !wanted.equals(have.path(word).asText())) {
            differences.add(word + ": the " + what + " " + want.key() + " should be " + wanted + ", says "
                    + have.path(word).asText());
        }
    }

    private void evidence(Subject key, JsonNode war) {
        List<String> named = new ArrayList<>();
        war.path("evidence").forEach(each -> named.add(each.path("auditID").asText("")));
        if (named.isEmpty() || !auditIds.containsAll(named)) {
            differences.add("evidence: " + key + " should name audit ids of this log, names " + named);
        }
        if (!COUNT_OTHERWISE.contains(key.warClass()) && war.path("reversals").asInt() < 3) {
            differences.add("reversals: " + key + " says " + war.path("reversals"));
        }
        if (war.path("id").asText("").isEmpty()) {
            differences.add("id: " + key + " has none");
        }
    }

    /** read = accepted + skipped + rejected, and nothing of these logs is unreadable. */
    private void accounting(JsonNode input) {
        long sum = input.path("accepted").asLong() + total(input.path("skipped")) + total(input.path("rejected"));
        if (input.path("read").asLong(-1) != sum) {
            differences.add("input does not add up: " + input);
        }
        if (total(input.path("rejected")) > 0) {
            differences.add("input was rejected: " + input);
        }
    }

    private static long total(JsonNode counts) {
        long sum = 0;
        for (JsonNode count : counts) {
            sum += count.asLong();
        }
        return sum;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Map<Subject, List<Expected>> byExpectedKey(List<Expected> expected) {
        return expected.stream().collect(Collectors.groupingBy(Expected::key, LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<Subject, List<JsonNode>> byKey(JsonNode said) {
        Map<Subject, List<JsonNode>> keyed = new LinkedHashMap<>();
        List<JsonNode> each = new ArrayList<>();
        said.forEach(each::add);
        // Two wars of one key can only be told apart by when they began.
        each.sort(Comparator.comparing(war -> war.path("startedAt").asText()));
        each.forEach(
                war -> keyed.computeIfAbsent(key(war), k -> new ArrayList<>()).add(war));
        return keyed;
    }

    private static Subject key(JsonNode war) {
        JsonNode object = war.path("object");
        Set<String> accounts = new TreeSet<>();
        war.path("contenders").forEach(each -> accounts.add(each.path("account").asText()));
        return new Subject(
                war.path("class").asText(),
                object.path("resource").asText(),
                object.path("namespace").asText(""),
                object.path("name").asText(),
                List.copyOf(accounts));
    }
}
