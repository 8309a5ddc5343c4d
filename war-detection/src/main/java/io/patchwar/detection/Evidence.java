package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The writes that are shown for a dispute: how it began, and the last ones. At most twenty. Mutable, of one thread at a time. */
final class Evidence {
    private static final int FIRST = 6;

    private static final int LAST = 14;

    private final List<Proof> first = new ArrayList<>(FIRST);
    private final Deque<Proof> latest = new ArrayDeque<>();

    void add(Proof proof) {
        if (first.size() < FIRST) {
            first.add(proof);
            return;
        }
        latest.addLast(proof);
        if (latest.size() > LAST) {
            latest.removeFirst();
        }
    }

    /** In the order in which they were added; the caller's own list. */
    List<Proof> all() {
        List<Proof> all = new ArrayList<>(first);
        all.addAll(latest);
        return all;
    }

    void write(StateWriter out) {
        out.list(first, proof -> proof.write(out));
        out.list(latest, proof -> proof.write(out));
    }

    /** Adds what {@link #write} wrote to what is empty. */
    void read(StateReader in) {
        in.list(() -> Proof.read(in), first::add);
        in.list(() -> Proof.read(in), latest::addLast);
    }
}
