package io.patchwar.processor.board;

import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlSection;
import java.time.Duration;
import java.util.Map;

/**
 * What a board may take.
 *
 * @param mostWars and findings; the first to go are those that ended first
 * @param mostBytes of their JSON; on the heap they take about twice that
 * @param mostClusters of whose writes counts are kept
 * @param unheardAfter a cluster whose clock has not moved for so long is not heard
 * @param forgetAfter a cluster that was not heard for so long is gone, and its wars with it
 */
public record BoardBounds(int mostWars, long mostBytes, int mostClusters, Duration unheardAfter, Duration forgetAfter) {
    /** What holds if nobody says otherwise. */
    public static final BoardBounds DEFAULT =
            new BoardBounds(10_000, 64L << 20, 100, Duration.ofMinutes(2), Duration.ofDays(7));

    /** Reads the {@code board} section. */
    public static BoardBounds read(YamlSection file) {
        YamlSection board = file.section("board");
        return new BoardBounds(
                board.count("wars", DEFAULT.mostWars, 10, 1_000_000),
                board.bytes("bytes", DEFAULT.mostBytes, 1 << 20, 64L << 30),
                DEFAULT.mostClusters,
                board.duration("unheardAfter", DEFAULT.unheardAfter, Duration.ofSeconds(15), Duration.ofHours(1)),
                board.duration("forgetAfter", DEFAULT.forgetAfter, Duration.ofHours(2), Duration.ofDays(365)));
    }

    /** Adds what holds to the table that an operator is shown. */
    public void show(Map<String, String> table) {
        table.put("board.wars", String.valueOf(mostWars));
        table.put("board.bytes", Amounts.text(mostBytes));
        table.put("board.unheardAfter", Amounts.text(unheardAfter));
        table.put("board.forgetAfter", Amounts.text(forgetAfter));
    }
}
