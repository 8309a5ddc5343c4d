package io.patchwar.standalone.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The wars that were really fought in a recording, known from the side of the fighters; and what scan says of them. */
final class Truth {
    private final JsonNode truth;

    private Truth(JsonNode truth) {
        this.truth = truth;
    }

    static Truth of(Path file) throws IOException {
        return new Truth(new ObjectMapper().readTree(file.toFile()));
    }

    /** Every difference between the truth and what was said; {@code findings} where those are to be the same, too. */
    List<String> differences(JsonNode said, boolean findings) {
        List<String> differences = new ArrayList<>();
        Map<String, JsonNode> want = new TreeMap<>();
        truth.path("wars").forEach(war -> want.put(trueKey(war), war));
        Map<String, JsonNode> have = new TreeMap<>();
        for (JsonNode war : said.path("wars")) {
            if (have.put(saidKey(war), war) != null) {
                differences.add("war said twice: " + saidKey(war));
            }
        }
        want.forEach((key, war) -> {
            JsonNode found = have.remove(key);
            if (found == null) {
                differences.add("war missed: " + key);
            } else {
                compare(key, war, found, differences);
            }
        });
        have.keySet().forEach(key -> differences.add("false war: " + key));
        if (findings) {
            compareFindings(said, differences);
        }
        return differences;
    }

    private static void compare(String key, JsonNode want, JsonNode found, List<String> differences) {
        boolean named = false;
        for (JsonNode field : found.path("fields")) {
            named |= field.asText().equals(want.path("field").asText());
        }
        if (!named) {
            differences.add(key + " should name " + want.path("field") + ", says " + found.path("fields"));
        }
        String confidence = want.path("confidence").asText();
        if (!confidence.isEmpty() && !confidence.equals(found.path("confidence").asText())) {
            differences.add(key + " should be " + confidence + ", is " + found.path("confidence"));
        }
        boolean proved = !found.path("evidence").isEmpty();
        for (JsonNode write : found.path("evidence")) {
            proved &= !write.path("auditID").asText().isEmpty();
        }
        if (!proved) {
            differences.add(key + " is not proved");
        }
        if (found.path("reversals").asLong() < 3) {
            differences.add(key + " has only " + found.path("reversals") + " reversals");
        }
    }

    private void compareFindings(JsonNode said, List<String> differences) {
        TreeSet<String> must = new TreeSet<>();
        truth.path("findings").forEach(finding -> must.add(trueKey(finding)));
        TreeSet<String> may = new TreeSet<>();
        truth.path("may").forEach(finding -> may.add(place(finding, finding)));
        for (JsonNode finding : said.path("findings")) {
            boolean expected = must.remove(saidKey(finding));
            if (!expected && !may.contains(place(finding, finding.path("object")))) {
                differences.add("false finding: " + saidKey(finding));
            }
        }
        must.forEach(key -> differences.add("finding missed: " + key));
    }

    private static String trueKey(JsonNode war) {
        TreeSet<String> accounts = new TreeSet<>();
        war.path("accounts").forEach(account -> accounts.add(account.asText()));
        return place(war, war) + " " + accounts;
    }

    private static String saidKey(JsonNode war) {
        TreeSet<String> accounts = new TreeSet<>();
        war.path("contenders")
                .forEach(contender -> accounts.add(contender.path("account").asText()));
        return place(war, war.path("object")) + " " + accounts;
    }

    private static String place(JsonNode war, JsonNode object) {
        return war.path("class").asText() + " " + object.path("resource").asText() + " "
                + object.path("namespace").asText("") + "/"
                + object.path("name").asText();
    }
}
