package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which writes each contested field changed: fields that change in the same ones may be shown by their parent's name. The
 * last writes of each field; whoever adds bounds the number of fields. Mutable, of one thread at a time.
 */
final class FieldsTogether {
    private static final int MOST_WRITES = 14;

    private final Map<String, Set<Long>> writesPerField = new LinkedHashMap<>();

    void add(String field, long sequence) {
        Set<Long> writes = writesPerField.computeIfAbsent(field, f -> new LinkedHashSet<>());
        writes.add(sequence);
        if (writes.size() > MOST_WRITES) {
            writes.remove(writes.iterator().next());
        }
    }

    /** Whether these fields changed in the same writes, as far back as is remembered. */
    boolean changed(List<String> fields) {
        Set<Long> writes = writesPerField.getOrDefault(fields.get(0), Set.of());
        return !writes.isEmpty()
                && fields.stream().allMatch(f -> writes.equals(writesPerField.getOrDefault(f, Set.of())));
    }

    void write(StateWriter out) {
        out.list(writesPerField.entrySet(), writes -> {
            out.word(writes.getKey());
            out.list(writes.getValue(), out::number);
        });
    }

    /** Adds what {@link #write} wrote to what is empty. */
    void read(StateReader in) {
        in.list(() -> {
            Set<Long> writes = new LinkedHashSet<>();
            writesPerField.put(in.word(), writes);
            in.list(in::number, writes::add);
        });
    }
}
