package io.patchwar.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.scenario.Verdict.Expected;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The contract itself is held to account: engines that err in one thing each must fail it, and one that does not must pass. */
class DetectionContractTest {

    private final Scenario.Run run = Scenarios.named("hpa-temporal").runs().get(0);

    @Test
    void passesAnEngineThatSaysWhatIsExpected() {
        assertThatCode(() -> contract(document -> {}).judgesRightly(run)).doesNotThrowAnyException();
        assertThatCode(() -> contract(document -> {}).judgesTheSameShuffled(run))
                .doesNotThrowAnyException();
    }

    @Test
    void failsAnEngineThatMissesAWar() {
        fails(document -> wars(document).removeAll(), "war missed: tug-of-war on deployments temporal/worker-v41");
    }

    @Test
    void failsAnEngineThatSaysAWarTwice() {
        fails(document -> wars(document).add(wars(document).get(0)), "war said once too often");
    }

    @Test
    void failsAnEngineThatInventsAWar() {
        fails(
                document -> {
                    ObjectNode other = wars(document).get(0).deepCopy();
                    other.withObject("/object").put("name", "other");
                    wars(document).add(other);
                },
                "false war: tug-of-war on deployments temporal/other");
    }

    @Test
    void failsAnEngineThatNamesAnotherClass() {
        fails(document -> war(document).put("class", "split-brain"), "false war: split-brain");
    }

    @Test
    void failsAnEngineThatNamesAnotherField() {
        fails(document -> war(document).putArray("fields").add("spec.paused"), "should name spec.replicas");
    }

    @Test
    void failsAnEngineThatAccusesAnother() {
        fails(
                document -> ((ObjectNode) war(document).path("contenders").get(0)).put("account", "system:bystander"),
                "system:bystander");
    }

    @Test
    void failsAnEngineThatIsLessSure() {
        fails(document -> war(document).put("confidence", "inferred"), "should be confirmed, says inferred");
    }

    @Test
    void failsAnEngineWithEvidenceOfAnotherLog() {
        fails(
                document -> ((ObjectNode) war(document).path("evidence").get(0)).put("auditID", "made-up"),
                "should name audit ids of this log");
    }

    @Test
    void failsAnEngineThatOpensAWarOnTwoReversals() {
        fails(document -> war(document).put("reversals", 2), "says 2");
    }

    @Test
    void failsAnEngineThatFindsTooMuch() {
        fails(
                document -> {
                    ObjectNode finding = wars(document).get(0).deepCopy();
                    ((ArrayNode) document.path("findings")).add(finding.put("class", "hot-loop"));
                },
                "false finding: hot-loop");
    }

    @Test
    void failsAnEngineThatInventsAConflict() {
        fails(
                document -> document.putArray("conflicts")
                        .addObject()
                        .put("id", "made-up")
                        .putArray("fields")
                        .add("spec.replicas"),
                "conflicts: should be over []");
    }

    @Test
    void failsAnEngineWhoseAccountDoesNotAddUp() {
        fails(document -> document.withObject("/input").put("read", 1), "does not add up");
    }

    @Test
    void failsAnEngineWhoseNamesDependOnTheOrderOfLines() {
        DetectionContract contract = new DetectionContract() {
            private int judged;

            @Override
            protected Engine engine() {
                return lines -> {
                    JsonNode document = right(lines);
                    war((ObjectNode) document).put("id", "war-" + judged++);
                    return document;
                };
            }
        };
        assertThatThrownBy(() -> contract.judgesTheSameShuffled(run))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed: ")
                .hasMessageContaining("war-1");
    }

    @Test
    void saysWhatItWouldTakeToLookIntoAFailure() {
        assertThatThrownBy(
                        () -> contract(document -> wars(document).removeAll()).judgesRightly(run))
                .hasMessageContaining("written as put")
                .hasMessageContaining("scenario hpa-temporal:")
                .hasMessageContaining("\"auditID\":\"");
    }

    @Test
    void shufflesOnlyWithinTheGraceAndDoublesAThird() {
        List<byte[]> log = ScenarioPlay.log(run);
        List<byte[]> arrived = Arrival.shuffled(log, 7);
        assertThat(arrived.size()).isBetween(log.size() * 5 / 4, log.size() * 3 / 2);
        assertThat(arrived.stream().distinct()).hasSameElementsAs(log);
        // Rounds of this scenario lie 7 s apart, beyond the grace: but for the first second, the order stays.
        List<byte[]> once = arrived.stream().distinct().toList();
        assertThat(once.subList(2, once.size())).isEqualTo(log.subList(2, log.size()));
        List<byte[]> fast =
                ScenarioPlay.log(Scenarios.named("whc-aks-enforcer").runs().get(0));
        assertThat(Arrival.shuffled(fast, 7).stream().distinct().toList()).isNotEqualTo(fast);
    }

    private void fails(Consumer<ObjectNode> error, String saying) {
        assertThatThrownBy(() -> contract(error).judgesRightly(run))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(saying);
    }

    private DetectionContract contract(Consumer<ObjectNode> error) {
        return new DetectionContract() {
            @Override
            protected Engine engine() {
                return lines -> {
                    ObjectNode document = right(lines);
                    error.accept(document);
                    return document;
                };
            }
        };
    }

    private static ArrayNode wars(ObjectNode document) {
        return (ArrayNode) document.path("wars");
    }

    private static ObjectNode war(ObjectNode document) {
        return (ObjectNode) wars(document).get(0);
    }

    /** The document that a faultless engine would write of this run. */
    private ObjectNode right(List<byte[]> lines) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("schema", "patchwar.io/v1");
        ArrayNode wars = document.putArray("wars");
        for (Expected expected : run.verdict().wars()) {
            ObjectNode war = wars.addObject();
            war.put("id", "war-0").put("class", expected.warClass()).put("confidence", expected.confidence());
            war.putObject("object")
                    .put("resource", expected.on().kind().resource())
                    .put("namespace", expected.on().namespace())
                    .put("name", expected.on().name());
            war.putArray("fields").add(expected.field());
            ArrayNode contenders = war.putArray("contenders");
            expected.accounts().forEach(account -> contenders.addObject().put("account", account));
            war.put("reversals", 3);
            war.putArray("evidence").addObject().put("auditID", Arrival.auditId(lines.get(0)));
        }
        document.putArray("findings");
        ObjectNode input = document.putObject("input");
        input.put("read", lines.size()).put("accepted", lines.size());
        input.putObject("skipped");
        input.putObject("rejected");
        return document;
    }
}
