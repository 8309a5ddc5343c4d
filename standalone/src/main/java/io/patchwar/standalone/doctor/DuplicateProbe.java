package io.patchwar.standalone.doctor;

import io.patchwar.model.words.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whether events come more than once, and from where: a table of digests, in which a newer event takes the place of an older
 * one, remembers the last million.
 */
final class DuplicateProbe implements Probe {
    private static final int PLACES = 1 << 20;
    private static final int MOST_ORIGINS = 1_000;
    private static final int FEWEST = 3;
    private static final double RETRIES = 0.01;

    private final long[] digests = new long[PLACES];
    private final short[] origins = new short[PLACES];
    private final Map<String, Short> numbers = new LinkedHashMap<>();
    private final Tally pairs = new Tally();
    private long events;
    private long azure;

    @Override
    public void event(RawEvent event) {
        events++;
        long digest = digest(event);
        int place = (int) (digest >>> 44);
        String origin = event.category.isEmpty() ? event.server : event.server + " (" + event.category + ")";
        short number = numbers.computeIfAbsent(
                numbers.size() < MOST_ORIGINS || numbers.containsKey(origin) ? origin : "(others)",
                name -> (short) numbers.size());
        if (digests[place] != digest) {
            digests[place] = digest;
            origins[place] = number;
            return;
        }
        if (origins[place] == number) {
            pairs.add("twice in " + origin);
        } else {
            String first = name(origins[place]);
            azure += first.contains("(kube-audit") && !event.category.isEmpty() ? 1 : 0;
            pairs.add("in " + (first.compareTo(origin) < 0 ? first + " and " + origin : origin + " and " + first));
        }
    }

    private String name(short number) {
        return new ArrayList<>(numbers.keySet()).get(number);
    }

    /** An ID alone is the client's to choose, and stages and aggregated servers repeat it. */
    private static long digest(RawEvent event) {
        long h = 0xcbf29ce484222325L;
        for (String part : List.of(event.auditID, event.stage, event.received, event.uri)) {
            for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
                h = (h ^ b) * 0x100000001b3L;
            }
            h = (h ^ 0xff) * 0x100000001b3L;
        }
        h ^= h >>> 32;
        h *= 0x9E3779B97F4A7C15L;
        return h == 0 ? 1 : h;
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        long twice = pairs.total();
        if (twice >= FEWEST && twice > RETRIES * events) {
            Symptom symptom = 2 * azure > twice ? Symptom.KUBE_AUDIT_TWICE : Symptom.DUPLICATES;
            findings.accept(new Finding(symptom, twice, events, List.of(SafeText.of(pairs.most(3), 500))));
        }
    }
}
