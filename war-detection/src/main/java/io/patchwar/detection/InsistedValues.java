package io.patchwar.detection;

import io.patchwar.model.FieldValue;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What each party of a dispute insists on: per field its last few values. Mutable, bounded, of one thread at a time. */
final class InsistedValues {
    private static final int MOST_VALUES = 4;

    private final Map<Party, Map<String, Set<String>>> values = new LinkedHashMap<>();

    /** Notes a value as the party's last one of the field; says whether there was room for the field. */
    boolean add(Party party, String field, FieldValue value) {
        Map<String, Set<String>> byField = values.computeIfAbsent(party, p -> new LinkedHashMap<>());
        if (byField.size() >= Dispute.MOST_FIELDS && !byField.containsKey(field)) {
            return false;
        }
        Set<String> seen = byField.computeIfAbsent(field, f -> new LinkedHashSet<>());
        String text = value.isAbsent() ? "(absent)" : value.text();
        seen.remove(text);
        seen.add(text);
        if (seen.size() > MOST_VALUES) {
            seen.remove(seen.iterator().next());
        }
        return true;
    }

    /** By field, oldest value first; empty for a party that insisted on nothing. */
    Map<String, Set<String>> of(Party party) {
        return values.getOrDefault(party, Map.of());
    }

    void write(StateWriter out) {
        out.list(values.entrySet(), all -> {
            all.getKey().write(out);
            out.list(all.getValue().entrySet(), some -> {
                out.word(some.getKey());
                out.list(some.getValue(), out::word);
            });
        });
    }

    /** Adds what {@link #write} wrote to what is empty. */
    void read(StateReader in) {
        in.list(() -> {
            Map<String, Set<String>> byField = new LinkedHashMap<>();
            values.put(Party.read(in), byField);
            in.list(() -> {
                Set<String> some = new LinkedHashSet<>();
                byField.put(in.word(), some);
                in.list(in::word, some::add);
            });
        });
    }
}
