package io.patchwar.fields;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.FieldValue;
import io.patchwar.model.Part;
import io.patchwar.model.json.MemberLookup;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what an accepted request asked for against what was stored. Stored counts as asked when it contains every asked
 * leaf, or another spelling of it; empty and null ask nothing. One thread.
 */
final class AskedNotStored implements SideBySide.Visitor {
    private static final int MOST = 200;
    private static final int DEEPEST = 100;

    /** At elements of a list in an order of its own: two of a hundred each. */
    private static final int MOST_LOOKS = 10_000;

    private static final Set<String> UNASKED_METADATA =
            Set.of("name", "namespace", "generateName", "deletionTimestamp", "deletionGracePeriodSeconds");

    private final Canonical canonical;
    private final Paths paths = new Paths();
    private final Words words = new Words(1 << 8);
    private final SideBySide walk;
    private final ItemPairs pairs = new ItemPairs();
    private Part part = Part.MAIN;
    private boolean builtIn;
    private boolean strategic;
    private Disclosure disclosure = Disclosure.PLAIN;
    private List<Refusal> refused = List.of();

    AskedNotStored(Canonical canonical, Node anyRoot) {
        this.canonical = canonical;
        this.walk = new SideBySide(anyRoot, this, paths);
    }

    /**
     * What {@code request} asked for and {@code stored} does not hold.
     *
     * @param builtIn whether the API server stores it as a type of its own, without what is false, 0 or empty in many places
     */
    List<Refusal> compare(
            RequestKind kind,
            Slice request,
            Slice stored,
            Part part,
            Node root,
            boolean builtIn,
            Disclosure disclosure) {
        this.builtIn = builtIn;
        this.strategic = kind == RequestKind.STRATEGIC || kind == RequestKind.MERGE_OR_STRATEGIC;
        this.disclosure = disclosure;
        this.refused = new ArrayList<>();
        if (kind == RequestKind.JSON_PATCH) {
            operations(request, stored, part, root);
            return refused;
        }
        this.part = part;
        if (kind == RequestKind.WHOLE && request.isObject() && stored.isObject()) {
            walk.walk(request, stored, root, this);
        } else {
            roots(new Members(request), request, stored, root);
        }
        return refused;
    }

    @Override
    public void value(Slice asked, Slice stored) {
        int step = walk.depth();
        if (!isLeftOut(step)) {
            FieldPath path = walk.path(step);
            int before = refused.size();
            compare(asked, stored, path, walk.node(step), step + 1);
            if (refused.size() > before) {
                compareLast(before, walk.oneObject(), asked, stored, path, walk.node(step), step + 1);
            }
        }
    }

    @Override
    public void rest(Members asked, Members stored) {
        int step = walk.depth();
        if (step == 0) {
            roots(asked, walk.oneObject(), walk.otherObject(), walk.node(-1));
        } else if (!isLeftOut(step - 1)) {
            members(asked, walk.oneObject(), walk.otherObject(), walk.path(step - 1), walk.node(step - 1), step);
        }
    }

    private boolean isLeftOut(int step) {
        if (isRootLeftOut(walk.key(0))) {
            return true;
        }
        for (int i = 1; i <= step; i++) {
            if (RequestKind.isDirective(walk.key(i)) || isUnasked(walk.path(i - 1), walk.key(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isRootLeftOut(String key) {
        boolean otherPart = key.equals("status") != (part == Part.STATUS);
        return otherPart || Differ.TYPE.contains(key) || RequestKind.isDirective(key);
    }

    private void roots(Members m, Slice request, Slice stored, Node root) {
        MemberLookup found = new MemberLookup(stored);
        while (m.next()) {
            Slice held = found.find(m);
            if (found.same()) {
                continue;
            }
            FieldPath path = paths.member(null, m);
            String key = path.name();
            if (!isRootLeftOut(key)) {
                int before = refused.size();
                compare(m.value(), held, path, root.field(key), 1);
                if (refused.size() > before) {
                    compareLast(before, request, m.value(), held, path, root.field(key), 1);
                }
            }
        }
    }

    private void operations(Slice patch, Slice stored, Part part, Node root) {
        Members m = new Members(patch);
        int looks = 0;
        for (int i = 0; m.next(); i++) {
            Slice value = Members.find(m.value(), "value");
            String op = Members.text(m.value(), "op");
            String pointer = Members.text(m.value(), "path");
            if (value != null && pointer != null && ("add".equals(op) || "replace".equals(op))) {
                int before = refused.size();
                operation(JsonPointer.steps(pointer), value, stored, part, root);
                // Beyond so many looks the benefit of the doubt: an accusation less.
                if (refused.size() > before && (looks++ > MOST || JsonPointer.isTouchedBehind(i, patch, pointer))) {
                    refused.subList(before, refused.size()).clear();
                }
            }
        }
    }

    private void operation(List<String> steps, Slice value, Slice stored, Part part, Node root) {
        if (steps.isEmpty() || steps.get(0).equals("status") != (part == Part.STATUS)) {
            return;
        }
        FieldPath path = null;
        Slice at = stored;
        Node node = root;
        for (String step : steps) {
            // Positions in a list mean something only together with the list as it was just before.
            if (path != null && JsonPointer.isIndex(step)) {
                return;
            }
            if (path != null && isUnasked(path, step)) {
                return;
            }
            path = FieldPath.member(path, step);
            at = Members.find(at, step);
            node = node.field(step);
        }
        if (path != null && !Differ.TYPE.contains(path.root())) {
            compare(value, at, path, node, steps.size());
        }
    }

    private void compare(Slice asked, @Nullable Slice stored, FieldPath path, Node node, int depth) {
        if ((stored != null && asked.sameBytes(stored)) || depth > DEEPEST || refused.size() >= MOST) {
            return;
        }
        if (Canonical.orAbsent(asked) == null) {
            return;
        }
        if (asked.isObject()) {
            members(new Members(asked), asked, stored, path, node, depth);
        } else if (asked.isArray()) {
            lists(asked, stored, path, node, depth);
        } else if (stored == null
                ? !isLeftOut(asked, path)
                : !Spelling.same(asked, stored) && !asksNothing(asked, path)) {
            refuse(
                    path,
                    canonical.value(asked, node, disclosure),
                    canonical.value(Canonical.orAbsent(stored), node, disclosure));
        }
    }

    /** Whether this is asked for, and nothing stored, because that is how it is stored. */
    private boolean isLeftOut(Slice asked, FieldPath path) {
        return asksNothing(asked, path) || (builtIn && ZeroValue.is(asked) && !ZeroValue.isEntry(path));
    }

    /** An empty text, and in places a 0, leave it to the API server. */
    private static boolean asksNothing(Slice asked, FieldPath path) {
        return ZeroValue.isEmpty(asked)
                ? !ZeroValue.isEntry(path)
                : ZeroValue.is(asked) && ZeroValue.isChosenFor(path, asked);
    }

    private void members(Members m, Slice asked, @Nullable Slice stored, FieldPath path, Node node, int depth) {
        MemberLookup found = stored == null ? null : new MemberLookup(stored);
        while (m.next()) {
            Slice inner = found == null ? null : found.find(m);
            if (found != null && found.same()) {
                continue;
            }
            FieldPath member = paths.member(path, m);
            String key = member.name();
            if (!RequestKind.isDirective(key) && !isUnasked(path, key)) {
                int before = refused.size();
                compare(m.value(), inner, member, node.field(key), depth + 1);
                if (refused.size() > before) {
                    compareLast(before, asked, m.value(), inner, member, node.field(key), depth + 1);
                }
            }
        }
    }

    /** A client may name a member twice, and the API server takes the last: looked for only where the first was not stored. */
    private void compareLast(
            int before, Slice object, Slice first, @Nullable Slice stored, FieldPath path, Node node, int depth) {
        Slice last = Members.find(object, path.name());
        if (last != null && last.from() != first.from()) {
            refused.subList(before, refused.size()).clear();
            compare(last, stored, path, node, depth);
        }
    }

    private static boolean isUnasked(FieldPath path, String key) {
        boolean metadata = path.parent() == null && path.name().equals("metadata");
        return Derived.isDerived(key)
                || Derived.hasDerivedValue(key)
                || (metadata && (Differ.BOOKKEEPING.contains(key) || UNASKED_METADATA.contains(key)));
    }

    private void lists(Slice asked, @Nullable Slice stored, FieldPath path, Node node, int depth) {
        if (stored != null && node.list() == ListKind.KEYED) {
            List<String> keys = new ArrayList<>(4);
            List<Slice> items = new ArrayList<>(4);
            if (pairs.index(stored, node, keys, items)) {
                fewItems(asked, stored, keys, items, path, node, depth);
                return;
            }
        }
        Map<Map<String, String>, Slice> held = node.list() == ListKind.ATOMIC ? null : ListItems.of(stored, node);
        if (held == null) {
            atomic(asked, stored, path, node);
            return;
        }
        boolean set = node.list() == ListKind.SET;
        Members m = new Members(asked);
        while (m.next()) {
            Slice item = m.value();
            Map<String, String> key = set ? Map.of("", item.text()) : ListItems.keyOf(item, node);
            if (key == null || Members.find(item, "$patch") != null) {
                continue;
            }
            Slice found = held.get(key);
            if (found == null && strategic && stored != null) {
                found = ListItems.merged(item, stored, node);
            }
            if (found == null) {
                refuse(Differ.itemPath(path, key), FieldValue.PRESENT, FieldValue.ABSENT);
            } else if (!set) {
                compare(item, found, Differ.itemPath(path, key), node.item(), depth + 1);
            }
        }
    }

    /** Holds the asked items of a keyed list against the few stored ones, which mostly stand in the same order. */
    private void fewItems(
            Slice asked, Slice stored, List<String> keys, List<Slice> items, FieldPath path, Node node, int depth) {
        int next = 0;
        Members m = new Members(asked);
        while (m.next()) {
            Slice item = m.value();
            String key = pairs.key(item, node);
            if (key == null) {
                continue;
            }
            int place = next < keys.size() && keys.get(next).equals(key) ? next : keys.indexOf(key);
            next = place + 1;
            if ((place >= 0 && item.sameBytes(items.get(place))) || Members.find(item, "$patch") != null) {
                continue;
            }
            FieldPath itemPath = paths.item(path, key, item, node);
            Slice found = place >= 0 ? items.get(place) : strategic ? ListItems.merged(item, stored, node) : null;
            if (found == null) {
                refuse(itemPath, FieldValue.PRESENT, FieldValue.ABSENT);
            } else {
                compare(item, found, itemPath, node.item(), depth + 1);
            }
        }
    }

    private void atomic(Slice asked, @Nullable Slice stored, FieldPath path, Node node) {
        if (stored != null && containsInOrder(stored, asked, 0)) {
            return;
        }
        FieldValue a = canonical.value(asked, node, disclosure);
        FieldValue b = canonical.value(Canonical.orAbsent(stored), node, disclosure);
        boolean among = stored != null && !a.differsOnlyInOrder(b) && containsEach(stored, asked);
        if (!a.same(b) && !among) {
            refuse(path, a, b);
        }
    }

    /** Whether each asked element stands in the stored list, among others that stand there in an order of their own. */
    private boolean containsEach(Slice stored, Slice asked) {
        int looks = 0;
        Members a = new Members(asked);
        while (a.next()) {
            boolean found = false;
            Members s = new Members(stored);
            while (!found && looks++ < MOST_LOOKS && s.next()) {
                found = contains(s.value(), a.value(), 1);
            }
            if (!found) {
                return false;
            }
        }
        return stored.isArray();
    }

    /** Whether each asked element stands in the stored list, in the same order, with all its leaves. */
    private boolean containsInOrder(Slice stored, Slice asked, int depth) {
        if (!stored.isArray()) {
            return false;
        }
        Members s = new Members(stored);
        Members a = new Members(asked);
        while (a.next()) {
            boolean found = false;
            while (!found && s.next()) {
                found = contains(s.value(), a.value(), depth + 1);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(@Nullable Slice stored, Slice asked, int depth) {
        if (Canonical.orAbsent(asked) == null || (stored != null && asked.sameBytes(stored))) {
            return true;
        }
        if (stored == null || depth > DEEPEST) {
            return false;
        }
        if (asked.isArray()) {
            return containsInOrder(stored, asked, depth);
        }
        if (!asked.isObject()) {
            return Spelling.same(asked, stored);
        }
        MemberLookup found = new MemberLookup(stored);
        Members m = new Members(asked);
        while (m.next()) {
            Slice inner = found.find(m);
            boolean leftOut = inner == null ? builtIn && ZeroValue.is(m.value()) : ZeroValue.isEmpty(m.value());
            if (!found.same()
                    && !leftOut
                    && !Derived.isDerived(words.text(m.bytes(), m.keyFrom(), m.keyTo()))
                    && !contains(inner, m.value(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private void refuse(FieldPath path, FieldValue asked, FieldValue stored) {
        refused.add(new Refusal(path, asked, stored));
    }
}
