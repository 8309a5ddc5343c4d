package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchwar.scenario.Arrival;
import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;
import io.patchwar.watch.live.LiveEngine.Fate;
import io.patchwar.watch.live.LiveEngine.Order;
import java.util.List;

/** One source in order: judged at once. Whatever becomes of the process meanwhile, it comes to the same. */
class PromptLiveWatchContractTest extends DetectionContract {
    @Override
    protected Engine engine() {
        return PromptLiveWatchContractTest::judgeInEveryFate;
    }

    /** A source in order sends some lines twice, but none before its time. */
    @Override
    protected List<byte[]> arrival(List<byte[]> log, long seed) {
        return Arrival.doubled(log, seed);
    }

    private static JsonNode judgeInEveryFate(List<byte[]> lines) {
        LiveEngine lives = new LiveEngine(Order.ONE_IN_ORDER, Fate.LIVES);
        var said = lives.said(lines);
        for (Fate fate : List.of(Fate.RESTARTS_HALFWAY, Fate.CRASHES)) {
            assertThat(new LiveEngine(Order.ONE_IN_ORDER, fate).said(lines))
                    .as(fate.name())
                    .isEqualTo(said);
        }
        return lives.judge(lines);
    }
}
