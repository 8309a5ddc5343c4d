package io.patchwar.remedies;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.War;
import io.patchwar.scenario.FoughtWars;
import io.patchwar.watch.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The catalogue beside the wars that are known: no remedy without a war, no war without a remedy. */
class EveryRemedyTest {
    private static final List<String> RECORDINGS =
            List.of("metallb-chisel", "metallb-chisel-metadata", "scenarios", "webhook-bodies", "two-servers-a");

    @Test
    void everyRemedyIsTheAnswerToSomeScenarioOrRecording() {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        FoughtWars.ofScenarios()
                .forEach((scenario, wars) -> wars.forEach(
                        war -> answers.computeIfAbsent(Remedies.forWar(war).id(), id -> new ArrayList<>())
                                .add(scenario)));
        for (String recording : RECORDINGS) {
            FoughtWars.all(FoughtWars.ofRecording(recording))
                    .forEach(war -> answers.computeIfAbsent(Remedies.forWar(war).id(), id -> new ArrayList<>())
                            .add("recording " + recording));
        }

        TreeSet<String> unasked = new TreeSet<>();
        Remedies.all().forEach(chapter -> chapter.remedies().forEach(remedy -> unasked.add(remedy.id())));
        unasked.removeAll(answers.keySet());
        assertThat(unasked)
                .as("remedies that no scenario and no recording asks for; asked for are %s", answers)
                .isEmpty();
    }

    @Test
    void noWarOfAScenarioOrRecordingIsWithoutACommandOrManifestThatIsFilledIn() {
        Map<String, List<War>> all = new LinkedHashMap<>(FoughtWars.ofScenarios());
        RECORDINGS.forEach(name -> all.put(name, FoughtWars.all(FoughtWars.ofRecording(name))));
        all.forEach((from, wars) -> wars.forEach(war -> {
            Remedy.Option first = Remedies.forWar(war).first();
            assertThat(first.commands().size() + first.manifest().length())
                    .as(from)
                    .isPositive();
            String said = String.join("\n", first.commands()) + first.manifest();
            assertThat(said).as(from).doesNotContainPattern("\\{[a-z][a-z.]*}");
            if (said.contains("kubectl get")) {
                assertThat(said).as(from).doesNotContain("NAMESPACE/", "RESOURCE-");
            }
        }));
    }

    /** The remedy for the demo's war, and the recording in which it was taken. */
    @Test
    void theSeedsRemedyIsWhatTheRemediedRecordingDidAndThatIsSilent() {
        for (War war : FoughtWars.ofRecording("metallb-chisel").wars()) {
            Remedy remedy = Remedies.forWar(war);
            assertThat(remedy.id()).isEqualTo("service-metallb-chisel");
            assertThat(remedy.options().stream().flatMap(option -> option.commands().stream()))
                    .anyMatch(command -> command.contains("--lb-class=metallb.io/metallb"));
            assertThat(String.join("\n", remedy.first().commands()))
                    .contains("kubectl patch services/" + war.object().name() + " -n apps")
                    .contains("\"loadBalancerClass\":\"chisel-operator.io/chisel-operator-class\"");
        }

        Findings remedied = FoughtWars.ofRecording("metallb-chisel-remedied");

        assertThat(remedied.wars()).isEmpty();
        assertThat(remedied.findings()).isEmpty();
    }
}
