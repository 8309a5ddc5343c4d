package io.patchwar.watch;

import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;

/** The core as it runs live: writes are held for the grace alone. */
class PromptWarWatchContractTest extends DetectionContract {
    @Override
    protected Engine engine() {
        return new WatchEngine(0);
    }
}
