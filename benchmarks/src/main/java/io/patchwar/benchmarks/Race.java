package io.patchwar.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rivals over one file, by turns (A B A B …), so that what happens to the machine happens to all of them.
 *
 * @param warmUps rounds before those that count: they bring the file into the page cache
 */
record Race(String title, long fileBytes, List<Rival> rivals, int warmUps, int rounds) {
    Race {
        rivals = List.copyOf(rivals);
    }

    /** The runs that count, by rival, in the rivals' order. */
    Map<Rival, List<Run>> run(Duration timeout) throws IOException, InterruptedException {
        Map<Rival, List<Run>> runs = new LinkedHashMap<>();
        for (int round = -warmUps; round < rounds; round++) {
            for (Rival rival : rivals) {
                Run run = Run.of(rival, timeout);
                System.err.printf(
                        "%s, %s %s: %.2f s%n",
                        title, round < 0 ? "warm-up" : "round " + (round + 1), rival.name(), run.seconds());
                if (round >= 0) {
                    runs.computeIfAbsent(rival, r -> new ArrayList<>()).add(run);
                }
            }
        }
        return runs;
    }
}
