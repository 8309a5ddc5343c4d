package io.patchwar.remedies;

import java.util.List;

/**
 * What ends one kind of war.
 *
 * @param id short name, for links and tests
 * @param cause why they fight, in one sentence
 * @param steps what to do, the best first; each one sentence or two, in plain text
 */
public record Remedy(String id, String cause, List<String> steps) {
    public Remedy {
        steps = List.copyOf(steps);
    }
}
