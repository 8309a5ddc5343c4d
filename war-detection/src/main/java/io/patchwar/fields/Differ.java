package io.patchwar.fields;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.FieldValue;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the paths at which two stored states of one object differ. Walks both side by side and stops at every value
 * whose bytes are the same, which is nearly all of them. One thread.
 */
final class Differ implements SideBySide.Visitor {
    private static final int DEEPEST = 100;
    /** Of one write; what is beyond is not looked for. */
    static final int MOST_DIFFERENCES = 5_000;

    /** Members of {@code metadata} that are never a change. */
    static final Set<String> BOOKKEEPING =
            Set.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink");

    /** Members of the root that name the type; {@code @type} is what Cloud Logging adds. */
    static final Set<String> TYPE = Set.of("apiVersion", "kind", "@type");

    private final Canonical canonical;
    private final Paths paths = new Paths();
    private final SideBySide walk;
    private final ItemPairs pairs = new ItemPairs();
    private Disclosure disclosure = Disclosure.PLAIN;
    private boolean commonOnly;
    private List<Difference> found = List.of();

    Differ(Canonical canonical, Node anyRoot) {
        this.canonical = canonical;
        this.walk = new SideBySide(anyRoot, this, paths);
    }

    /**
     * The differences, in the order in which they stand.
     *
     * @param commonOnly leaves out what only one side has: the two are different versions of one API
     */
    List<Difference> diff(Slice before, Slice after, Node root, boolean commonOnly, Disclosure disclosure) {
        this.commonOnly = commonOnly;
        this.disclosure = disclosure;
        this.found = new ArrayList<>();
        if (before.isObject() && after.isObject()) {
            walk.walk(before, after, root, this);
        }
        return found;
    }

    /** How the last comparison went. */
    SideBySide walk() {
        return walk;
    }

    @Override
    public void value(Slice before, Slice after) {
        int step = walk.depth();
        if (!isLeftOut(step)) {
            values(before, after, walk.path(step), walk.node(step), step + 1);
        }
    }

    @Override
    public void rest(Members before, Members after) {
        int step = walk.depth();
        if (!isLeftOut(step - 1)) {
            FieldPath path = step == 0 ? null : walk.path(step - 1);
            unordered(before.next() ? before : null, after.next() ? after : null, path, walk.node(step - 1), step);
        }
    }

    private boolean isLeftOut(int step) {
        if (step < 0) {
            return false;
        }
        // Nearly all that changes is in one of these three.
        if (walk.isKey(0, SideBySide.METADATA)) {
            return step > 0 && BOOKKEEPING.contains(walk.key(1));
        }
        return !walk.isKey(0, SideBySide.SPEC) && !walk.isKey(0, SideBySide.STATUS) && TYPE.contains(walk.key(0));
    }

    private void values(@Nullable Slice before, @Nullable Slice after, FieldPath path, Node node, int depth) {
        if (before != null && after != null && before.sameBytes(after)) {
            return;
        }
        Slice a = Canonical.orAbsent(before);
        Slice b = Canonical.orAbsent(after);
        if ((a == null && b == null) || found.size() >= MOST_DIFFERENCES) {
            return;
        }
        boolean shallow = depth < DEEPEST;
        if (shallow && (a == null || a.isObject()) && (b == null || b.isObject())) {
            objects(a, b, path, node, depth);
        } else if (shallow
                && node.list() != ListKind.ATOMIC
                && (a == null || a.isArray())
                && (b == null || b.isArray())) {
            lists(a, b, path, node, depth);
        } else {
            leaf(a, b, path, node);
        }
    }

    private void leaf(@Nullable Slice before, @Nullable Slice after, FieldPath path, Node node) {
        if (commonOnly && (before == null || after == null)) {
            return;
        }
        FieldValue from = canonical.value(before, node, disclosure(path));
        FieldValue to = canonical.value(after, node, disclosure(path));
        if (from.same(to)) {
            return;
        }
        if (Derived.hasDerivedValue(path.name())) {
            boolean cameOrWent = before == null || after == null;
            FieldValue a = before == null ? FieldValue.ABSENT : FieldValue.PRESENT;
            FieldValue b = after == null ? FieldValue.ABSENT : FieldValue.PRESENT;
            found.add(new Difference(path, cameOrWent ? a : from, cameOrWent ? b : to, !cameOrWent, null));
            return;
        }
        found.add(new Difference(path, from, to, Derived.isDerived(path.name()), null));
    }

    /** Annotations repeat whole manifests; nobody needs to read those twice. */
    private Disclosure disclosure(FieldPath path) {
        return disclosure == Disclosure.PLAIN && Derived.isDerived(path.name()) ? Disclosure.BRIEF : disclosure;
    }

    private void objects(
            @Nullable Slice before, @Nullable Slice after, @Nullable FieldPath path, Node node, int depth) {
        if (before == null || after == null) {
            one(before == null ? after : before, after == null, path, node, depth);
            return;
        }
        Members a = new Members(before);
        Members b = new Members(after);
        // Objects come out of one encoder, so members nearly always stand in the same order; where the two part ways,
        // the
        // rest is looked up by name.
        while (true) {
            boolean moreA = a.next();
            if (moreA && b.nextLike(a)) {
                continue;
            }
            boolean moreB = b.next();
            if (!moreA && !moreB) {
                return;
            }
            if (moreA && moreB && a.sameKey(b)) {
                named(paths.member(path, a), a.value(), b.value(), node, depth);
                continue;
            }
            unordered(moreA ? a : null, moreB ? b : null, path, node, depth);
            return;
        }
    }

    private void unordered(@Nullable Members a, @Nullable Members b, @Nullable FieldPath path, Node node, int depth) {
        Map<String, Slice> rest = new HashMap<>();
        if (a != null) {
            do {
                rest.put(paths.member(path, a).name(), a.value());
            } while (a.next());
        }
        if (b != null) {
            do {
                FieldPath member = paths.member(path, b);
                named(member, rest.remove(member.name()), b.value(), node, depth);
            } while (b.next());
        }
        if (!rest.isEmpty()) {
            rest.keySet().stream()
                    .sorted()
                    .forEach(key -> named(FieldPath.member(path, key), rest.get(key), null, node, depth));
        }
    }

    private void named(FieldPath member, @Nullable Slice before, @Nullable Slice after, Node node, int depth) {
        FieldPath parent = member.parent();
        String key = member.name();
        if (parent == null ? TYPE.contains(key) : isBookkeeping(parent, key)) {
            return;
        }
        values(before, after, member, node.field(key), depth + 1);
    }

    static boolean isBookkeeping(FieldPath path, String key) {
        return path.parent() == null && path.name().equals("metadata") && BOOKKEEPING.contains(key);
    }

    private void one(@Nullable Slice only, boolean gone, @Nullable FieldPath path, Node node, int depth) {
        if (only == null || commonOnly) {
            return;
        }
        Members m = new Members(only);
        while (m.next()) {
            named(paths.member(path, m), gone ? m.value() : null, gone ? null : m.value(), node, depth);
        }
    }

    private void lists(@Nullable Slice before, @Nullable Slice after, FieldPath path, Node node, int depth) {
        List<Slice> different = before == null || after == null ? null : pairs.different(before, after, node);
        if (different != null) {
            for (int i = 0; i < different.size(); i += 2) {
                Slice item = different.get(i);
                String key = Objects.requireNonNull(pairs.key(item, node));
                values(item, different.get(i + 1), paths.item(path, key, item, node), node.item(), depth + 1);
            }
            return;
        }
        Map<Map<String, String>, Slice> a = ListItems.of(before, node);
        Map<Map<String, String>, Slice> b = ListItems.of(after, node);
        if (a == null || b == null) {
            leaf(before, after, path, node);
            return;
        }
        boolean sameItems = a.keySet().equals(b.keySet());
        if (sameItems && !sameOrder(a, b)) {
            found.add(new Difference(path, order(a), order(b), false, null));
        }
        a.forEach((key, item) -> {
            Slice other = b.get(key);
            if (other == null) {
                cameOrWent(item, true, itemPath(path, key), path, node, depth);
            } else {
                values(item, other, itemPath(path, key), node.item(), depth + 1);
            }
        });
        b.forEach((key, item) -> {
            if (!a.containsKey(key)) {
                cameOrWent(item, false, itemPath(path, key), path, node, depth);
            }
        });
    }

    private void cameOrWent(Slice item, boolean gone, FieldPath path, FieldPath list, Node node, int depth) {
        if (commonOnly) {
            return;
        }
        FieldValue present = FieldValue.PRESENT;
        found.add(new Difference(
                path, gone ? present : FieldValue.ABSENT, gone ? FieldValue.ABSENT : present, false, list));
        if (item.isObject()) {
            one(item, gone, path, node.item(), depth + 1);
        }
    }

    static FieldPath itemPath(FieldPath list, Map<String, String> key) {
        String element = key.get("");
        return element == null ? FieldPath.item(list, key) : FieldPath.element(list, element);
    }

    private static boolean sameOrder(Map<Map<String, String>, Slice> a, Map<Map<String, String>, Slice> b) {
        Iterator<Map<String, String>> other = b.keySet().iterator();
        for (Map<String, String> key : a.keySet()) {
            if (!key.equals(other.next())) {
                return false;
            }
        }
        return true;
    }

    /** The order of a keyed list, as a value: its keys. */
    private FieldValue order(Map<Map<String, String>, Slice> items) {
        StringBuilder keys = new StringBuilder("[");
        for (Map<String, String> key : items.keySet()) {
            keys.append(keys.length() == 1 ? "" : ",").append(String.join("/", key.values()));
        }
        return canonical.order(keys.append(']').toString(), items.keySet(), disclosure);
    }
}
