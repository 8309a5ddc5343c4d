package io.patchwar.watch.live;

import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;
import io.patchwar.watch.live.LiveEngine.Order;

/** Several sources: held for the grace. Whatever becomes of the process meanwhile, it comes to the same. */
class LiveWatchContractTest extends DetectionContract {
    @Override
    protected Engine engine() {
        return lines -> LiveEngine.judgeWhateverHappens(Order.TWO, lines);
    }
}
