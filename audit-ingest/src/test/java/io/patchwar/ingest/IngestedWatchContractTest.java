package io.patchwar.ingest;

import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;

/** Every scenario ends as it should when its events went through ingest: nothing that decides a war is lost on the way. */
class IngestedWatchContractTest extends DetectionContract {
    @Override
    protected Engine engine() {
        return new IngestedWatch();
    }
}
