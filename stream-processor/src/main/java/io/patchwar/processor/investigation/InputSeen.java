package io.patchwar.processor.investigation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

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

    /** As far as the processor's own counters tell. */
    public static InputSeen in(MeterRegistry registry) {
        double accepted = registry.find("patchwar.stream.events").tag("outcome", "accepted").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        return new InputSeen(
                (long) accepted,
                byReason("patchwar.stream.events.skipped", registry),
                byReason("patchwar.stream.events.rejected", registry));
    }

    private static Map<String, Long> byReason(String name, MeterRegistry registry) {
        Map<String, Long> counts = new TreeMap<>();
        for (Counter counter : registry.find(name).counters()) {
            String reason = counter.getId().getTag("reason");
            counts.merge(reason == null ? "" : reason, (long) counter.count(), Long::sum);
        }
        return counts;
    }

    long read() {
        return accepted
                + skipped.values().stream().mapToLong(Long::longValue).sum()
                + rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
