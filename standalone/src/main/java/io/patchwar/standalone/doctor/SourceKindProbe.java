package io.patchwar.standalone.doctor;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.List;
import java.util.function.Consumer;

/** Whether the events come from a place that keeps only part of them. */
final class SourceKindProbe implements Probe {
    private long gke;

    @Override
    public void envelope(Slice document, String server, int layer) {
        try {
            gke += Members.first(document, "protoPayload") != null ? 1 : 0;
        } catch (MalformedJsonException e) {
            // Broken ones are counted where they are rejected.
        }
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        if (gke > 0) {
            findings.accept(new Finding(Symptom.LOSSY_SOURCE, gke, 0, List.of()));
        }
    }
}
