package io.patchwar.detection;

import io.patchwar.model.FieldValue;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who last took each of a field's last values away, the latest last. Which value that was is looked up among numbers, so that
 * nothing else is read of the values that are not meant. One thread.
 */
final class TakenAway {
    private static final Change[] NONE = {};
    private static final int[] NO_MARKS = {};

    private Change[] changes = NONE;

    /** Of each change the lower half of its old value's digest. */
    private int[] digests = NO_MARKS;

    private int size;

    /** The change that took this value away; null if none is remembered. */
    @Nullable
    Change of(FieldValue value) {
        int place = find(value);
        return place < 0 ? null : changes[place];
    }

    private int find(FieldValue value) {
        int digest = (int) value.digest();
        for (int i = size - 1; i >= 0; i--) {
            if (digests[i] == digest && changes[i].from().same(value)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Takes the place of whatever took the same value away before.
     *
     * @param most how many values are kept
     */
    void add(Change change, int most) {
        int place = find(change.from());
        if (place < 0 && size >= most) {
            place = 0;
        }
        if (place >= 0) {
            System.arraycopy(changes, place + 1, changes, place, size - place - 1);
            System.arraycopy(digests, place + 1, digests, place, size - place - 1);
            size--;
        } else if (size == changes.length) {
            int room = Math.min(most, Math.max(2, 2 * size));
            changes = Arrays.copyOf(changes, room);
            digests = Arrays.copyOf(digests, room);
        }
        changes[size] = change;
        digests[size] = (int) change.from().digest();
        size++;
    }

    int size() {
        return size;
    }

    void write(StateWriter out) {
        out.list(Arrays.asList(changes).subList(0, size), change -> change.write(out));
    }

    /** Takes over what {@link #write} wrote; what was written was bounded. */
    void read(StateReader in) {
        in.list(() -> Change.read(in), change -> add(change, Integer.MAX_VALUE));
    }
}
