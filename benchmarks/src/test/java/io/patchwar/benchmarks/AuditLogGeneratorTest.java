package io.patchwar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditLogGeneratorTest {
    private static final long SEED = 20261123;
    private static final long BYTES = 8_000_000;

    private static Log log;

    @BeforeAll
    static void generate() throws IOException {
        System.out.println("seed " + SEED);
        log = Log.of(SEED, BYTES, false);
    }

    @Test
    void writesTheSameBytesForTheSameSeedAndOthersForAnother() throws IOException {
        assertThat(Log.of(SEED, 3_000_000, false).text())
                .isEqualTo(log.text().substring(0, 3_000_000 + tail(3_000_000)));
        assertThat(Log.of(SEED + 1, 3_000_000, false).text())
                .isNotEqualTo(Log.of(SEED, 3_000_000, false).text());
    }

    @Test
    void stopsAtTheFirstEventThatReachesTheSize() {
        int lastEvent = log.text().length()
                - 1
                - log.text().lastIndexOf('\n', log.text().length() - 2);
        assertThat(log.sizes().total()).isBetween(BYTES, BYTES + lastEvent - 1);
        assertThat(log.text()).hasSize((int) log.sizes().total()).endsWith("}\n");
    }

    @Test
    void hasTheSizesOfARealLog() throws IOException {
        EventSizes sizes = AuditLogGenerator.generate(SEED, 200_000_000, false, OutputStream.nullOutputStream());
        assertThat((double) sizes.mean()).isCloseTo(2_100, Percentage.withPercentage(3));
        assertThat((double) sizes.quantile(0.95)).isCloseTo(4_200, Percentage.withPercentage(3));
        assertThat(sizes.max()).isBetween(45_000, 57_500);
    }

    @Test
    void makesWritesOfThreeKilobytesWhenAskedForWritesOnly() throws IOException {
        Log writes = Log.of(SEED, BYTES, true);
        assertThat((double) writes.sizes().mean()).isCloseTo(3_200, Percentage.withPercentage(3));
        assertThat(writes.events()).allSatisfy(event -> {
            assertThat(event.path("verb").asText()).isIn("create", "update", "patch", "delete");
            assertThat(Log.resource(event)).isNotEqualTo("leases");
            assertThat(event.path("responseObject").isObject()).isTrue();
        });
    }

    @Test
    void isAQuarterLeasesAlmostHalfReadsAndATwentiethWars() {
        assertThat(share(event -> Log.resource(event).equals("leases"))).isCloseTo(0.25, within(0.02));
        assertThat(share(event -> Set.of("get", "list", "watch")
                        .contains(event.path("verb").asText())))
                .isCloseTo(0.45, within(0.02));
        assertThat(share(event -> Log.resource(event).equals("services"))).isCloseTo(0.05, within(0.01));
    }

    @Test
    void writesTheFieldsOfEveryEventInTheOrderOfAnApiServer() {
        List<String> order = List.of(
                "kind",
                "apiVersion",
                "level",
                "auditID",
                "stage",
                "requestURI",
                "verb",
                "user",
                "sourceIPs",
                "userAgent",
                "objectRef",
                "responseStatus",
                "requestObject",
                "responseObject",
                "requestReceivedTimestamp",
                "stageTimestamp",
                "annotations");
        assertThat(log.events()).allSatisfy(event -> {
            List<String> names = new ArrayList<>();
            event.fieldNames().forEachRemaining(names::add);
            assertThat(order.stream().filter(names::contains).toList()).isEqualTo(names);
            assertThat(event.path("auditID").asText())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(event.path("stageTimestamp").asText()).matches("2026-11-23T\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        });
    }

    @Test
    void basesEveryPutOnTheVersionThatWasStoredLast() {
        Map<String, String> versions = new HashMap<>();
        int puts = 0;
        for (JsonNode event : log.stored()) {
            String held = versions.put(
                    Log.object(event),
                    event.at("/responseObject/metadata/resourceVersion").asText());
            if (event.path("verb").asText().equals("update") && held != null) {
                assertThat(event.at("/requestObject/metadata/resourceVersion").asText())
                        .isEqualTo(held);
                puts++;
            }
        }
        assertThat(puts).isGreaterThan(500);
    }

    @Test
    void answersEveryPutWithWhatItAskedFor() {
        for (JsonNode event : log.stored()) {
            if (event.path("verb").asText().equals("update")) {
                assertThat(event.at("/responseObject/status")).isEqualTo(event.at("/requestObject/status"));
                assertThat(event.at("/responseObject/spec")).isEqualTo(event.at("/requestObject/spec"));
                assertThat(event.at("/responseObject/data")).isEqualTo(event.at("/requestObject/data"));
            }
        }
    }

    @Test
    void letsTimeAndVersionsOnlyRise() {
        String time = "";
        long version = 0;
        for (JsonNode event : log.events()) {
            assertThat(event.path("stageTimestamp").asText()).isGreaterThan(time);
            assertThat(event.path("requestReceivedTimestamp").asText())
                    .isLessThan(event.path("stageTimestamp").asText());
            time = event.path("stageTimestamp").asText();
        }
        for (JsonNode event : log.stored()) {
            long stored = event.at("/responseObject/metadata/resourceVersion").asLong();
            if (!Log.resource(event).equals("services")) { // where a PUT that changes nothing returns the version held
                assertThat(stored).isGreaterThan(version);
                version = stored;
            }
        }
    }

    @Test
    void alternatesTwoValuesOnEachOfThreeServicesAndNowhereElse() {
        Map<String, List<String>> values = new HashMap<>();
        for (JsonNode event : log.stored()) {
            JsonNode ingress = event.at("/responseObject/status/loadBalancer/ingress");
            if (!ingress.isMissingNode()) {
                List<String> history = values.computeIfAbsent(Log.object(event), o -> new ArrayList<>());
                if (history.isEmpty() || !history.get(history.size() - 1).equals(ingress.toString())) {
                    history.add(ingress.toString());
                }
            }
        }
        assertThat(values).containsOnlyKeys("services/apps/web-1", "services/apps/web-2", "services/apps/web-3");
        assertThat(values.values()).allSatisfy(history -> {
            assertThat(history).hasSizeGreaterThan(20);
            assertThat(new HashSet<>(history)).hasSize(2);
        });
    }

    @Test
    void neverLetsTwoAccountsTakeTurnsWithOneObjectsSpecOrStatusOutsideTheWars() {
        Map<String, Set<String>> writers = new HashMap<>();
        for (JsonNode event : log.stored()) {
            if (!Log.resource(event).equals("services")
                    && !event.path("verb").asText().equals("delete")) {
                String part = event.at("/objectRef/subresource").asText();
                // A Deployment's main part has a deployer and the controller that counts its revisions (a derived
                // value).
                if (!event.at("/user/username").asText().endsWith(":deployment-controller") || part.equals("status")) {
                    String uid = event.at("/responseObject/metadata/uid").asText();
                    writers.computeIfAbsent(uid + " " + part, o -> new HashSet<>())
                            .add(event.at("/user/username").asText());
                }
            }
        }
        assertThat(writers).hasSizeGreaterThan(500);
        assertThat(writers.values()).allSatisfy(accounts -> assertThat(accounts).hasSize(1));
    }

    private static double share(Predicate<JsonNode> condition) {
        return (double) log.events().stream().filter(condition).count()
                / log.events().size();
    }

    /** How far the event goes on that this offset falls into. */
    private static int tail(int offset) {
        return log.text().indexOf('\n', offset - 1) + 1 - offset;
    }
}
