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

    /** The sum of what the same writer last put into the list; 0 if that is not remembered. */
    long cameBy(Mark mark) {
        for (int i = size - 1; i >= 0; i--) {
            if (!changes[i].mark().differsFrom(mark)) {
                return changes[i].came();
            }
        }
        return 0;
    }

    /**
     * Whether the newest, of a list that is one value, takes back item for item what its writer itself had changed in it: then
     * the list is as it was because nobody else's items changed for good, or they came back as well.
     */
    boolean endByTakingBackTheirOwn() {
        long own = 0;
        for (int i = size - 1; i >= 0 && changes[i].isOfLists(); i--) {
            Change change = changes[i];
            if (change.attributed() && !change.mark().differsFrom(changes[size - 1].mark())) {
                own += change.items();
                if (own == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    void write(StateWriter out) {
        out.list(all(), change -> change.write(out));
    }

    /** Takes over what {@link #write} wrote; what was written was bounded. */
    void read(StateReader in) {
        in.list(() -> Change.read(in), change -> add(change, Integer.MAX_VALUE));
    }
}
