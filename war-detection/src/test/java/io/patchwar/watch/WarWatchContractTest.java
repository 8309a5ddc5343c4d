package io.patchwar.watch;

import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;

/** The core as {@code scan} runs it: writes are held for the grace and for a thousand events of input. */
class WarWatchContractTest extends DetectionContract {
    @Override
    protected Engine engine() {
        return new WatchEngine(WatchConfig.DEFAULT.heldEvents());
    }
}
