package io.patchwar.detection;

import io.patchwar.model.FieldValue;
import io.patchwar.model.FieldValue.Shape;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;

/**
 * One change of one field, as remembered.
 *
 * @param mark the write it came with
 * @param attributed whether the writer owns it; else it is nobody's
 * @param confirmed whether stored states show it
 * @param returned whether the field had held the new value before
 * @param own of a list that is one value: whether no items went but those that the same writer had put in the last time
 * @param came of such a list: the sum of what came, 0 if nobody looked
 */
record Change(
        Mark mark,
        FieldValue from,
        FieldValue to,
        boolean attributed,
        boolean confirmed,
        boolean returned,
        boolean own,
        long came) {

    Change(Mark mark, FieldValue from, FieldValue to, boolean attributed, boolean confirmed, boolean returned) {
        this(mark, from, to, attributed, confirmed, returned, false, 0);
    }

    /** Whether a list took a list's place; an empty one is absent. */
    boolean isOfLists() {
        return isList(from) && isList(to);
    }

    private static boolean isList(FieldValue value) {
        return value.shape() == Shape.LIST || value.isAbsent();
    }

    /** Of lists, the items that came less those that went, as a sum of digests: changes that undo each other add up to 0. */
    long items() {
        return items(to) - items(from);
    }

    private static long items(FieldValue list) {
        return list.isAbsent() ? FieldValue.NO_ITEMS : list.orderless();
    }

    /** Writes itself, once for all places that refer to it. */
    void write(StateWriter out) {
        out.shared(this, Long.hashCode(mark.sequence() ^ to.digest()), change -> {
            change.mark.write(out);
            change.from.write(out);
            change.to.write(out);
            out.octet((change.attributed ? 1 : 0)
                    | (change.confirmed ? 2 : 0)
                    | (change.returned ? 4 : 0)
                    | (change.own ? 8 : 0)
                    | (change.came != 0 ? 16 : 0));
            if (change.came != 0) {
                out.digest(change.came);
            }
        });
    }

    static Change read(StateReader in) {
        return in.shared(Change.class, () -> {
            Mark mark = Mark.read(in);
            FieldValue from = FieldValue.read(in);
            FieldValue to = FieldValue.read(in);
            int flags = in.octet();
            boolean own = (flags & 8) != 0;
            long came = (flags & 16) != 0 ? in.digest() : 0;
            return new Change(mark, from, to, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, own, came);
        });
    }
}
