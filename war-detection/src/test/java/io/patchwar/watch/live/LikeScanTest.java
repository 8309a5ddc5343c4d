package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Contender;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.scenario.FoughtWars;
import io.patchwar.scenario.Scenario;
import io.patchwar.scenario.ScenarioPlay;
import io.patchwar.scenario.Scenarios;
import io.patchwar.watch.Findings;
import io.patchwar.watch.WatchConfig;
import io.patchwar.watch.live.LiveEngine.Fate;
import io.patchwar.watch.live.LiveEngine.Order;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Of every scenario the last that is told live of each war is what scan says of it, with and without mere progress held back. */
class LikeScanTest {
    private static final WatchConfig SHIPPED = WatchConfig.shipped();

    @TestFactory
    Stream<DynamicTest> saysOfEveryWarWhatScanSays() {
        return Scenarios.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.name(), () -> scenario.runs().forEach(LikeScanTest::compare)));
    }

    private static void compare(Scenario.Run run) {
        List<byte[]> log = ScenarioPlay.log(run);
        List<Said> scanned = said(scan(log));
        LiveEngine live = new LiveEngine(Order.TWO, Fate.LIVES);
        assertThat(said(live.play(log, LiveEngine.config()).topic.standing()))
                .as(run.title())
                .containsExactlyInAnyOrderElementsOf(scanned);
        Partition thinned = live.play(log, LiveConfig.of(SHIPPED));
        thinned.heartbeat("default", "a", thinned.newest().plusSeconds(7), true).run();
        assertThat(progress(thinned.topic.standing()))
                .as("%s, progress once a second", run.title())
                .containsExactlyInAnyOrderElementsOf(
                        scanned.stream().map(Said::progress).toList());
    }

    /**
     * All of a war but what goes on changing without news of it: how often its contenders wrote, and how hard, the latest of its
     * evidence, and severity.
     */
    private record Said(War war) {
        static Said of(War war) {
            return new Said(new War(
                    war.id(),
                    war.warClass(),
                    Severity.INFO,
                    war.confidence(),
                    war.state(),
                    war.object(),
                    war.uid(),
                    war.fields(),
                    war.contenders().stream()
                            .map(c -> new Contender(c.account(), c.program(), List.of(), 0, 0, c.values()))
                            .toList(),
                    war.reversals(),
                    war.period(),
                    war.startedAt(),
                    war.lastChangeAt(),
                    war.endedAt(),
                    war.evidence().subList(0, Math.min(6, war.evidence().size())),
                    war.rejection(),
                    war.muted(),
                    0,
                    null));
        }

        String progress() {
            return war.id() + " " + war.reversals() + " " + war.lastChangeAt() + " " + war.fields();
        }
    }

    private static List<Said> said(List<War> wars) {
        return wars.stream().map(Said::of).toList();
    }

    private static List<String> progress(List<War> wars) {
        return said(wars).stream().map(Said::progress).toList();
    }

    private static List<War> scan(List<byte[]> log) {
        Findings findings = FoughtWars.findings(log);
        return Stream.of(findings.wars(), findings.findings(), findings.muted())
                .flatMap(List::stream)
                .toList();
    }
}
