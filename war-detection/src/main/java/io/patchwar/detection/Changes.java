package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last changes of a field, up to a bound: the oldest goes when one more comes. One thread. */
final class Changes {
    private static final Change[] NONE = {};

    private Change[] changes = NONE;
    private int size;

    /** @param most how many are kept, the new one among them */
    void add(Change change, int most) {
        if (size >= most) {
            System.arraycopy(changes, 1, changes, 0, --size);
        } else if (size == changes.length) {
            changes = Arrays.copyOf(changes, Math.min(most, Math.max(2, 2 * size)));
        }
        changes[size++] = change;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The newest; null if there is none. */
    @Nullable
    Change last() {
        return size == 0 ? null : changes[size - 1];
    }

    /** Those that are not older, oldest first: from the first that is not. */
    List<Change> since(Instant oldest) {
        int first = 0;
        while (first < size && changes[first].mark().isBefore(oldest)) {
            first++;
        }
        return List.of(Arrays.copyOfRange(changes, first, size));
    }

    /** All, oldest first. */
    List<Change> all() {
        return List.of(Arrays.copyOf(changes, size));
    }

    void write(StateWriter out) {
        out.list(all(), change -> change.write(out));
    }

    /** Takes over what {@link #write} wrote; what was written was bounded. */
    void read(StateReader in) {
        in.list(() -> Change.read(in), change -> add(change, Integer.MAX_VALUE));
    }
}
