package io.patchwar.processor.board;

import java.time.Duration;

/**
 * What a board may take.
 *
 * @param mostWars and findings; the first to go are those that ended first
 * @param mostBytes of their JSON; on the heap they take about twice that
 * @param mostClusters of whose writes counts are kept
 * @param unheardAfter a cluster whose clock has not moved for so long is not heard
 */
public record BoardBounds(int mostWars, long mostBytes, int mostClusters, Duration unheardAfter) {
    /** What holds if nobody says otherwise. */
    public static final BoardBounds DEFAULT = new BoardBounds(10_000, 64L << 20, 100, Duration.ofMinutes(2));
}
