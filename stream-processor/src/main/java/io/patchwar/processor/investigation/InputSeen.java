package io.patchwar.processor.investigation;

import java.util.Map;

/**
 * What this instance has read since it started, as {@code input} of a scan's document has it.
 *
 * @param skipped by reason
 * @param rejected by reason
 */
public record InputSeen(long accepted, Map<String, Long> skipped, Map<String, Long> rejected) {
    /** Nothing yet, or nobody counts. */
    public static final InputSeen NONE = new InputSeen(0, Map.of(), Map.of());

    public InputSeen {
        skipped = Map.copyOf(skipped);
        rejected = Map.copyOf(rejected);
    }

    long read() {
        return accepted
                + skipped.values().stream().mapToLong(Long::longValue).sum()
                + rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
