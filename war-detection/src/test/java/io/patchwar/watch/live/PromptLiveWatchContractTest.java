package io.patchwar.watch.live;

import io.patchwar.scenario.Arrival;
import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;
import io.patchwar.watch.live.LiveEngine.Order;
import java.util.List;

/** One source in order: judged at once. Whatever becomes of the process meanwhile, it comes to the same. */
class PromptLiveWatchContractTest extends DetectionContract {
    @Override
    protected Engine engine() {
        return lines -> LiveEngine.judgeWhateverHappens(Order.ONE_IN_ORDER, lines);
    }

    /** A source in order sends some lines twice, but none before its time. */
    @Override
    protected List<byte[]> arrival(List<byte[]> log, long seed) {
        return Arrival.doubled(log, seed);
    }
}
