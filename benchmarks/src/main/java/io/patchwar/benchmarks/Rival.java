package io.patchwar.benchmarks;

import java.util.List;
import java.util.Set;

/**
 * A command that is timed from start to end of its process.
 *
 * @param exits the exit statuses that are answers; any other is a failure
 */
record Rival(String name, List<String> command, Set<Integer> exits) {
    Rival {
        command = List.copyOf(command);
        exits = Set.copyOf(exits);
    }
}
