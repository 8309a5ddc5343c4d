package io.patchwar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchwar.benchmarks.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RivalsTest {
    private static final long SEED = 7;

    @TempDir
    private static Path directory;

    private static Log log;
    private static Path file;

    @BeforeAll
    static void generate() throws IOException {
        System.out.println("seed " + SEED);
        log = Log.of(SEED, 8_000_000, false);
        file = Files.writeString(directory.resolve("audit.log"), log.text());
    }

    @Test
    void duckDbCountsTheReturnsThatAPlainLoopCounts() throws Exception {
        assertThat(DuckDbReturns.in(file.toString()))
                .isEqualTo(returns(log.stored()))
                .containsOnlyKeys(Cluster.servicesAtWar());
    }

    @Test
    void duckDbCountsNoReturnThatItsOwnAccountTookAway() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add(service(i, "one", i % 2 == 0 ? "192.0.2.1" : "192.0.2.2"));
        }
        Path alone = Files.write(directory.resolve("alone.log"), lines);
        assertThat(DuckDbReturns.in(alone.toString())).isEmpty();
    }

    @Test
    void theQueryIsTheOneInTheDocs() throws Exception {
        assertThat(Files.readString(Path.of("../docs/benchmarks.md"))).contains(DuckDbReturns.query());
    }

    @Test
    void jacksonSeesEveryTokenOnceHoweverManyThreadsShareTheFile() throws Exception {
        long tokens = 0;
        try (JsonParser parser = new JsonMapper().createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        assertThat(JacksonSkim.skim(file, 1)).isEqualTo(tokens);
        assertThat(JacksonSkim.skim(file, 3)).isEqualTo(tokens);
    }

    @Test
    void jacksonTakesALastLineWithoutItsEnd() throws Exception {
        Path cut = Files.writeString(directory.resolve("cut.log"), "[1,2]\n[3]");
        assertThat(JacksonSkim.skim(cut, 2)).isEqualTo(7);
    }

    @Test
    void jacksonRefusesALineLongerThanItsBound() throws Exception {
        Path longLine = Files.writeString(directory.resolve("long.log"), "\"" + "x".repeat(10 << 20) + "\"");
        assertThatThrownBy(() -> JacksonSkim.skim(longLine, 1))
                .hasRootCauseMessage("a line of more than 1048576 bytes");
    }

    @Test
    void comparesWhatScanSaysWithWhatDuckDbSays() throws Exception {
        String scan = "{\"wars\":[{\"object\":{\"resource\":\"services\",\"namespace\":\"apps\",\"name\":\"web-1\"},"
                + "\"fields\":[\"status.loadBalancer.ingress\"],\"reversals\":12}]}";
        assertThat(Answers.ofScan(scan)).isEqualTo(Answers.ofDuckDb("apps/web-1 12\n"));
        assertThat(Answers.ofScan(scan.replace("12", "11"))).isNotEqualTo(Answers.ofDuckDb("apps/web-1 12\n"));
        assertThat(Answers.ofScan(scan.replace("services", "pods"))).isNotEqualTo(Answers.ofDuckDb("apps/web-1 12\n"));
    }

    private static String service(int version, String account, String ip) {
        return "{\"stage\":\"ResponseComplete\",\"verb\":\"update\",\"user\":{\"username\":\"" + account
                + "\"},\"objectRef\":{\"resource\":\"services\",\"namespace\":\"n\",\"name\":\"s\"},\"responseStatus\":{\"code\":200},"
                + "\"responseObject\":{\"kind\":\"Service\",\"metadata\":{\"resourceVersion\":\"" + version
                + "\"},\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"" + ip + "\"}]}}}}";
    }

    /** A-B-A by hand: the value before last is back, and not by the account that had taken it away. */
    private static Map<String, Long> returns(List<JsonNode> stored) {
        record Change(String value, String account) {}
        Map<String, List<Change>> histories = new HashMap<>();
        Map<String, Long> returns = new TreeMap<>();
        for (JsonNode event : stored) {
            if (Log.resource(event).equals("services")) {
                String object = Log.object(event).substring("services/".length());
                List<Change> history = histories.computeIfAbsent(object, o -> new ArrayList<>());
                Change change = new Change(
                        event.at("/responseObject/status/loadBalancer/ingress").toString(),
                        event.at("/user/username").asText());
                int size = history.size();
                if (size > 0 && history.get(size - 1).value.equals(change.value)) {
                    continue;
                }
                if (size > 1
                        && history.get(size - 2).value.equals(change.value)
                        && !history.get(size - 1).account.equals(change.account)) {
                    returns.merge(object, 1L, Long::sum);
                }
                history.add(change);
            }
        }
        return returns;
    }
}
