package io.patchwar.service.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The checks of one service. Alive: no part is beyond repair by itself, so a restart would not help. Ready: it does its work
 * now. Thread-safe; checks are asked on the thread of who asks and must answer at once, from what is known.
 */
public final class Health {
    private final List<Supplier<Check>> liveness = new CopyOnWriteArrayList<>();
    private final List<Supplier<Check>> readiness = new CopyOnWriteArrayList<>();

    /** A part without which the process is of no use until it is started anew. */
    public Health alive(Supplier<Check> check) {
        liveness.add(check);
        return this;
    }

    /** A part that must work before traffic is sent here, and that recovers by itself. */
    public Health ready(Supplier<Check> check) {
        readiness.add(check);
        return this;
    }

    public List<Check> liveness() {
        return liveness.stream().map(Supplier::get).toList();
    }

    /** What liveness asks, and readiness on top. */
    public List<Check> readiness() {
        return java.util.stream.Stream.concat(liveness.stream(), readiness.stream())
                .map(Supplier::get)
                .toList();
    }
}
