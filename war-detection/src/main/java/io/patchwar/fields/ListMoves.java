package io.patchwar.fields;

import io.patchwar.model.FieldPath;
import io.patchwar.model.ItemSums;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which items a list that is one value gained and lost, told by their bytes: an item that is only spelled otherwise counts as gone and
 * come. Stateless.
 */
final class ListMoves {
    /** Above that nobody looks. */
    private static final int MOST_ITEMS = 1_000;

    private ListMoves() {}

    /** Between two states of an object; null where there is no list at the path, or a very long one. */
    static @Nullable ItemSums between(Slice before, Slice after, FieldPath path, DigestKey key) {
        Slice from = at(before, path);
        Slice to = at(after, path);
        Map<Long, Integer> more = new HashMap<>();
        if (!count(from, -1, more, key) || !count(to, 1, more, key)) {
            return null;
        }
        long came = 0;
        long gone = 0;
        for (Map.Entry<Long, Integer> item : more.entrySet()) {
            int times = item.getValue();
            came += Math.max(0, times) * item.getKey();
            gone += Math.max(0, -times) * item.getKey();
        }
        return new ItemSums(came, gone);
    }

    private static boolean count(@Nullable Slice list, int by, Map<Long, Integer> more, DigestKey key) {
        if (list == null || list.isNull()) {
            return true;
        }
        if (!list.isArray()) {
            return false;
        }
        Members m = new Members(list);
        while (m.next()) {
            Slice item = m.value();
            more.merge(key.hash(item.bytes(), item.from(), item.to()), by, Integer::sum);
            if (more.size() > MOST_ITEMS) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Slice at(Slice body, FieldPath path) {
        FieldPath parent = path.parent();
        Slice around = parent == null ? body : at(body, parent);
        return around == null ? null : Members.find(around, path.name());
    }
}
