package io.patchwar.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the rivals answered: value returns by {@code namespace/name}. */
final class Answers {
    private static final String FIELD = "status.loadBalancer.ingress";

    private Answers() {}

    /** From what {@link DuckDbReturns} prints. */
    static SortedMap<String, Long> ofDuckDb(String output) {
        SortedMap<String, Long> returns = new TreeMap<>();
        output.lines().forEach(line -> {
            int space = line.indexOf(' ');
            returns.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        });
        return returns;
    }

    /** From scan's JSON: all its wars, of whatever field, so that a war too many is a difference too. */
    static SortedMap<String, Long> ofScan(String output) throws JsonProcessingException {
        SortedMap<String, Long> returns = new TreeMap<>();
        for (JsonNode war : new JsonMapper().readTree(output).path("wars")) {
            JsonNode object = war.path("object");
            String name = object.path("namespace").asText() + "/"
                    + object.path("name").asText();
            boolean asked = object.path("resource").asText().equals("services")
                    && war.path("fields").size() == 1
                    && war.path("fields").path(0).asText().equals(FIELD);
            returns.put(
                    asked ? name : war.path("summary").asText(),
                    war.path("reversals").asLong());
        }
        return returns;
    }
}
