package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;
import io.patchwar.watch.live.LiveEngine.Fate;
import io.patchwar.watch.live.LiveEngine.Order;
import java.util.List;

/** Several sources: held for the grace. Whatever becomes of the process meanwhile, it comes to the same. */
class LiveWatchContractTest extends DetectionContract {
    @Override
    protected Engine engine() {
        return LiveWatchContractTest::judgeInEveryFate;
    }

    private static JsonNode judgeInEveryFate(List<byte[]> lines) {
        LiveEngine lives = new LiveEngine(Order.TWO, Fate.LIVES);
        var said = lives.said(lines);
        for (Fate fate : List.of(Fate.RESTARTS_ALWAYS, Fate.CRASHES)) {
            assertThat(new LiveEngine(Order.TWO, fate).said(lines))
                    .as(fate.name())
                    .isEqualTo(said);
        }
        return lives.judge(lines);
    }
}
