package io.patchwar.processor.board;

import io.patchwar.model.Conflict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The board at one moment. Immutable.
 *
 * @param version rises whenever something on the board has changed; of this instance and this run only
 * @param standings the worst and fastest first
 * @param conflicts among the wars that nobody muted, those of most wars first
 * @param clusters those that were ever heard, by name
 */
public record BoardView(
        long version, List<Standing> standings, List<Conflict> conflicts, Map<String, ClusterStanding> clusters) {
    /** Nothing at all. */
    public static final BoardView EMPTY = new BoardView(0, List.of(), List.of(), Map.of());

    public BoardView {
        standings = List.copyOf(standings);
        conflicts = List.copyOf(conflicts);
        clusters = Collections.unmodifiableMap(new TreeMap<>(clusters));
    }
}
