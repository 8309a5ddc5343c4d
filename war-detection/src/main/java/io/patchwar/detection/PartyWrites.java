package io.patchwar.detection;

import io.patchwar.model.Observation;
import io.patchwar.model.RecentCounts;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;

/** What the parties of a dispute wrote to its object since it opened, by minute. Mutable, of one thread at a time. */
final class PartyWrites {
    final RecentCounts stored = new RecentCounts();
    final RecentCounts storedBytes = new RecentCounts();
    final RecentCounts noOps = new RecentCounts();
    final RecentCounts refused = new RecentCounts();

    void add(Observation o) {
        switch (o.kind()) {
            case CHANGED -> {
                stored.add(o.time());
                storedBytes.add(o.time(), o.bytes());
            }
            case NO_OP -> noOps.add(o.time());
            case REJECTED -> refused.add(o.time());
        }
    }

    void write(StateWriter out) {
        stored.write(out);
        storedBytes.write(out);
        noOps.write(out);
        refused.write(out);
    }

    void read(StateReader in) {
        stored.read(in);
        storedBytes.read(in);
        noOps.read(in);
        refused.read(in);
    }
}
