package io.patchwar.standalone.doctor;

import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Spans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts by name, of a bounded number of names: those that come after are counted together. One thread. */
final class Tally {
    private static final int MOST_NAMES = 1_000;
    private static final String OTHERS = "(others)";

    private final Map<String, Long> counts = new HashMap<>();
    private long total;

    void add(String name) {
        add(name, 1);
    }

    void add(String name, long n) {
        counts.merge(counts.size() < MOST_NAMES || counts.containsKey(name) ? name : OTHERS, n, Long::sum);
        total += n;
    }

    long total() {
        return total;
    }

    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** The names with the highest counts, highest first: {@code services 12, deployments.apps 3, 4 more}. */
    String most(int names) {
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, Long> entry : sorted.subList(0, Math.min(names, sorted.size()))) {
            words.add(SafeText.name(entry.getKey()) + " " + Spans.number(entry.getValue()));
        }
        if (sorted.size() > names) {
            words.add((sorted.size() - names) + " more");
        }
        return String.join(", ", words);
    }
}
