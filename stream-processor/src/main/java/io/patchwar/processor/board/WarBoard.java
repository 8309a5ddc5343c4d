package io.patchwar.processor.board;

import io.patchwar.model.Conflict;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import io.patchwar.model.WarState;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.wire.ClusterLoad;
import io.patchwar.model.wire.ClusterLoad.WantOfRoom;
import io.patchwar.pressure.Measured;
import io.patchwar.pressure.SeverityBoard;
import io.patchwar.pressure.SeverityBoard.Judged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The wars and findings of all clusters as they stand, and the severity and pressure of each, judged where all that is known
 * of its cluster meets. Bounded; one thread: what others may look at is a {@link BoardView}.
 */
final class WarBoard {
    private static final Comparator<Standing> WORST_FIRST = Comparator.comparing(
                    (Standing s) -> s.war().state())
            .thenComparing(s -> s.war().severity(), Comparator.reverseOrder())
            .thenComparing(s -> s.war().reversals(), Comparator.reverseOrder())
            .thenComparing(s -> s.war().object().toString())
            .thenComparing(s -> s.war().id());

    /** What is over goes before what is fought, and what is long over before the rest. */
    private static final Comparator<Entry> FIRST_TO_GO = Comparator.comparing(
                    (Entry e) -> e.update.war().state())
            .reversed()
            .thenComparing(e -> e.update.war().lastChangeAt())
            .thenComparing(e -> e.update.war().id());

    private final BoardBounds bounds;
    private final SeverityBoard severities;
    private final Function<String, Measured> measured;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new TreeMap<>();
    private final Set<String> changed = new HashSet<>();
    private long bytes;
    private long evicted;
    private long version;
    private BoardView view = BoardView.EMPTY;

    private record Entry(WarUpdate update, int bytes) {}

    /** What is known of a cluster, and how its wars were last judged. */
    private static final class Cluster {
        private final Map<Integer, ClusterLoad> loads = new HashMap<>();
        private Instant time = Instant.EPOCH;
        private Instant heardAt = Instant.EPOCH;
        private SeverityBoard.@Nullable Judgement judgement;

        private void heard(Instant clock, Instant at) {
            if (clock.isAfter(time)) {
                time = clock;
                heardAt = at.isAfter(heardAt) ? at : heardAt;
            }
        }
    }

    /**
     * @param measured of a cluster, by its name, as far as anybody measures
     */
    WarBoard(BoardBounds bounds, SeverityBoard severities, Function<String, Measured> measured) {
        this.bounds = bounds;
        this.severities = severities;
        this.measured = measured;
    }

    /**
     * What a record of {@code wars} says.
     *
     * @param size of the record
     * @param at when it was written
     */
    void put(WarUpdate update, int size, Instant at) {
        War war = update.war();
        Entry known = entries.get(war.id());
        if (known != null && isOlder(war, known.update.war())) {
            return;
        }
        if (update.lifecycle() == Lifecycle.WITHDRAWN) {
            remove(war.id());
            return;
        }
        Cluster cluster = cluster(war.object().cluster());
        if (cluster != null) {
            cluster.heard(war.lastChangeAt(), at);
        }
        bytes += size - (known == null ? 0 : known.bytes);
        entries.put(war.id(), new Entry(update, size));
        changed.add(war.object().cluster());
        if (entries.size() > bounds.mostWars() || bytes > bounds.mostBytes()) {
            evict();
        }
    }

    /**
     * Records come again after a crash, older ones after newer. Where all state was lost, revisions begin anew, and only what
     * the war says of its last change tells that it is news.
     */
    private static boolean isOlder(War war, War known) {
        return war.revision() < known.revision() && !war.lastChangeAt().isAfter(known.lastChangeAt());
    }

    /** A tombstone: its retention is over. */
    void remove(String id) {
        Entry known = entries.remove(id);
        if (known != null) {
            bytes -= known.bytes;
            changed.add(known.update.war().object().cluster());
        }
    }

    /** What a record of {@code cluster-load} says. */
    void load(ClusterLoad load, Instant at) {
        Cluster cluster = cluster(load.cluster());
        if (cluster != null) {
            cluster.loads.put(load.partition(), load);
            cluster.heard(load.time(), at);
            changed.add(load.cluster());
        }
    }

    private @Nullable Cluster cluster(String name) {
        Cluster known = clusters.get(name);
        if (known == null && clusters.size() < bounds.mostClusters()) {
            known = new Cluster();
            clusters.put(name, known);
        }
        return known;
    }

    /** Makes room for a while: a hundredth more than is needed, so that not every record sorts the whole board. */
    private void evict() {
        List<Entry> all = new ArrayList<>(entries.values());
        all.sort(FIRST_TO_GO);
        int mostWars = bounds.mostWars() - bounds.mostWars() / 100;
        long mostBytes = bounds.mostBytes() - bounds.mostBytes() / 100;
        for (Entry entry : all) {
            if (entries.size() <= mostWars && bytes <= mostBytes) {
                return;
            }
            remove(entry.update.war().id());
            evicted++;
        }
    }

    /** Wars that were forgotten for want of room. */
    long evicted() {
        return evicted;
    }

    /** A cluster that is no more says nothing of its end: its own time stands still, so it is ours that decides. */
    private void forget(Instant now) {
        Set<String> gone = new HashSet<>();
        clusters.forEach((name, cluster) -> {
            if (!cluster.heardAt.plus(bounds.forgetAfter()).isAfter(now)) {
                gone.add(name);
            }
        });
        if (gone.isEmpty()) {
            return;
        }
        clusters.keySet().removeAll(gone);
        changed.addAll(gone);
        List<String> wars = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (gone.contains(entry.update.war().object().cluster())) {
                wars.add(entry.update.war().id());
            }
        }
        wars.forEach(this::remove);
    }

    /** What there is to see now; the same as before if nothing has changed. */
    BoardView view(Instant now) {
        forget(now);
        Set<String> dirty = new HashSet<>(changed);
        changed.clear();
        clusters.forEach((name, cluster) -> {
            ClusterStanding before = view.clusters().get(name);
            if (before != null && before.heard() != isHeard(cluster, now)) {
                dirty.add(name);
            }
        });
        if (dirty.isEmpty()) {
            return view;
        }
        Map<String, List<War>> fought = new HashMap<>();
        for (Entry entry : entries.values()) {
            War war = entry.update.war();
            if (war.state() == WarState.ONGOING && dirty.contains(war.object().cluster())) {
                fought.computeIfAbsent(war.object().cluster(), c -> new ArrayList<>())
                        .add(war);
            }
        }
        dirty.forEach(name -> judge(name, fought.getOrDefault(name, List.of())));
        view = new BoardView(++version, standings(now), conflicts(), clusterStandings(now));
        return view;
    }

    private void judge(String name, List<War> wars) {
        Cluster cluster = clusters.get(name);
        if (cluster != null) {
            cluster.judgement =
                    severities.judge(name, cluster.time, wars, cluster.loads.values(), measured.apply(name));
        }
    }

    private List<Standing> standings(Instant now) {
        List<Standing> standings = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            War war = entry.update.war();
            Cluster cluster = clusters.get(war.object().cluster());
            SeverityBoard.Judgement judgement = cluster == null ? null : cluster.judgement;
            Judged judged = judgement == null ? null : judgement.wars().get(war.id());
            boolean heard = cluster != null && isHeard(cluster, now);
            standings.add(
                    judged == null || war.state() == WarState.ENDED
                            ? new Standing(war, entry.update.lifecycle(), heard, null)
                            : new Standing(
                                    war.severity() == judged.severity() ? war : war.withSeverity(judged.severity()),
                                    entry.update.lifecycle(),
                                    heard,
                                    judged.pressure()));
        }
        standings.sort(WORST_FIRST);
        return standings;
    }

    private List<Conflict> conflicts() {
        List<War> wars = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.update.war().muted() == null) {
                wars.add(entry.update.war());
            }
        }
        return CommonCause.among(wars).stream().map(CommonCause::conflict).toList();
    }

    private Map<String, ClusterStanding> clusterStandings(Instant now) {
        Map<String, ClusterStanding> standings = new TreeMap<>();
        clusters.forEach((name, cluster) -> {
            SeverityBoard.Judgement judgement = cluster.judgement;
            if (judgement != null) {
                Instant since = cluster.loads.values().stream()
                        .map(ClusterLoad::since)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
                standings.put(
                        name,
                        new ClusterStanding(
                                since,
                                cluster.time,
                                cluster.heardAt,
                                isHeard(cluster, now),
                                judgement.cluster(),
                                cluster.loads.values().stream()
                                        .map(ClusterLoad::room)
                                        .reduce(WantOfRoom.NONE, WantOfRoom::plus)));
            }
        });
        return standings;
    }

    private boolean isHeard(Cluster cluster, Instant now) {
        return cluster.heardAt.plus(bounds.unheardAfter()).isAfter(now);
    }
}
