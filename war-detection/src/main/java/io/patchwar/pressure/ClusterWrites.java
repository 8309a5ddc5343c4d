package io.patchwar.pressure;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.Observation.Existence;
import io.patchwar.model.RecentCounts;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.ClusterLoad.Growth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a cluster's etcd is given to store, write by write, as far as whoever counts sees it. Remembers ten minutes
 * and a bounded number of resources; one thread.
 */
public final class ClusterWrites {
    private static final int MOST_RESOURCES = 1_000;

    private final RecentCounts writes = new RecentCounts();
    private final RecentCounts bytes = new RecentCounts();
    private final Map<String, Turnover> turnovers = new HashMap<>();
    private @Nullable Instant since;

    /** Objects of one resource that came and went. */
    private static final class Turnover {
        private final RecentCounts made = new RecentCounts();
        private final RecentCounts removed = new RecentCounts();
        private final RecentCounts madeBytes = new RecentCounts();

        private Growth at(String resource, Instant now) {
            return new Growth(resource, made.sum(now), removed.sum(now), madeBytes.sum(now));
        }

        private boolean isNone(Instant now) {
            return made.sum(now) == 0 && removed.sum(now) == 0;
        }

        private void write(StateWriter out) {
            made.write(out);
            removed.write(out);
            madeBytes.write(out);
        }

        private void read(StateReader in) {
            made.read(in);
            removed.read(in);
            madeBytes.read(in);
        }
    }

    /** One more judged write; only what was stored counts. */
    public void count(ObjectRef object, Observation o) {
        if (o.kind() != Observation.Kind.CHANGED) {
            return;
        }
        since = since == null ? o.time() : since;
        writes.add(o.time());
        bytes.add(o.time(), o.bytes());
        Existence existence = o.existence();
        if (existence != Existence.UNCHANGED && existence != Existence.APPEARED) {
            turnOver(object, o);
        }
    }

    private void turnOver(ObjectRef object, Observation o) {
        String resource = object.group().isEmpty() ? object.resource() : object.resource() + "." + object.group();
        Turnover turnover = turnovers.get(resource);
        if (turnover == null) {
            if (turnovers.size() >= MOST_RESOURCES) {
                return;
            }
            turnover = new Turnover();
            turnovers.put(resource, turnover);
        }
        boolean made = o.existence() == Existence.CREATED || o.existence() == Existence.CREATED_AFTER_HIDDEN_DELETE;
        if (made) {
            turnover.made.add(o.time());
            turnover.madeBytes.add(o.time(), o.bytes());
        }
        if (o.existence() != Existence.CREATED) {
            turnover.removed.add(o.time());
        }
    }

    /** Stored writes in the ten minutes that end now. */
    public int lately(Instant now) {
        return writes.sum(now);
    }

    /**
     * Writes what is remembered of the ten minutes that end now. A war's own counts outlive a restart, and are judged as a share of
     * these: if these did not, a modest war would be most of what its cluster writes for some minutes.
     */
    public void write(StateWriter out, Instant now) {
        out.maybeTime(since);
        writes.write(out);
        bytes.write(out);
        Map<String, Turnover> lately = new TreeMap<>(turnovers);
        lately.values().removeIf(turnover -> turnover.isNone(now));
        out.list(lately.entrySet(), entry -> {
            out.text(entry.getKey());
            entry.getValue().write(out);
        });
    }

    /** Takes over what {@link #write} wrote; once, before anything is counted. */
    public void read(StateReader in) {
        since = in.maybeTime();
        writes.read(in);
        bytes.read(in);
        in.list(() -> {
            Turnover turnover = new Turnover();
            turnovers.put(in.text(), turnover);
            turnover.read(in);
        });
    }

    /** All of it as a value. */
    public ClusterLoad load(String cluster, int partition, Instant now) {
        List<Growth> growing = new ArrayList<>();
        turnovers.forEach((resource, turnover) -> {
            Growth growth = turnover.at(resource, now);
            if (growth.made() > growth.removed()) {
                growing.add(growth);
            }
        });
        growing.sort(
                Comparator.comparingLong((Growth g) -> g.removed() - g.made()).thenComparing(Growth::resource));
        return new ClusterLoad(
                cluster,
                partition,
                since == null ? now : since,
                now,
                writes.minutes(),
                bytes.minutes(),
                growing.subList(0, Math.min(growing.size(), ClusterLoad.MOST_GROWING)));
    }
}
