package io.patchwar.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ScenarioPlayTest {

    /** A write that is answered otherwise than its scenario says ends the play with an error. */
    @TestFactory
    Stream<DynamicTest> everyScenarioPlaysAsItIsTold() {
        return Scenarios.all().stream()
                .flatMap(scenario -> scenario.runs().stream())
                .map(run -> DynamicTest.dynamicTest(
                        run.title(), () -> assertThat(ScenarioPlay.log(run)).isNotEmpty()));
    }

    @Test
    void theSameRunGivesTheSameBytes() {
        for (Scenario scenario : Scenarios.all()) {
            Scenario.Run run = scenario.runs().get(0);
            List<byte[]> first = ScenarioPlay.log(run);
            List<byte[]> second = ScenarioPlay.log(run);
            assertThat(second).as(scenario.id()).hasSameSizeAs(first);
            for (int i = 0; i < first.size(); i++) {
                assertThat(second.get(i)).as(scenario.id()).isEqualTo(first.get(i));
            }
        }
    }
}
