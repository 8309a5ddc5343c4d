package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.Part;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request reached for: whether a path that changed is one that the request touches ({@code detection.md} 2, "Whose
 * change it is"). Asked only about paths that did change.
 */
final class Touch {
    private final RequestKind kind;
    private final Slice body;
    private final Part part;
    private final Node root;
    private final Trail trail;
    private final @Nullable List<String> pointers;

    /** @param trail to follow paths with; not used by anybody else as long as this is */
    Touch(RequestKind kind, Slice body, Part part, Node root, Trail trail) {
        trail.clear();
        this.trail = trail;
        this.kind = kind;
        this.body = body;
        this.part = part;
        this.root = root;
        this.pointers = kind == RequestKind.JSON_PATCH ? pointers(body) : null;
    }

    /** Whether the writer owns the change at {@code path}; {@code removed} if there is nothing any more. */
    boolean owns(FieldPath path, boolean removed) {
        // Nobody changes a spec through the status door, whatever a stale body carries.
        if (part == Part.STATUS && !path.root().equals("status") && !path.root().equals("metadata")) {
            return false;
        }
        return switch (kind) {
            case WHOLE -> true;
            case JSON_PATCH -> pointed(path.toString());
            case APPLY -> removed || reaches(path);
            default -> reaches(path);
        };
    }

    private static List<String> pointers(Slice patch) {
        List<String> paths = new ArrayList<>();
        Members m = new Members(patch);
        while (m.next() && paths.size() < 10_000) {
            String op = Members.text(m.value(), "op");
            if ("test".equals(op)) {
                continue;
            }
            add(Members.text(m.value(), "path"), paths);
            if ("move".equals(op)) {
                add(Members.text(m.value(), "from"), paths);
            }
        }
        return paths;
    }

    private static void add(@Nullable String pointer, List<String> paths) {
        FieldPath path = pointer == null ? null : JsonPointer.path(pointer);
        paths.add(path == null ? "" : path.toString());
    }

    private boolean pointed(String path) {
        List<String> known = pointers == null ? List.of() : pointers;
        for (String pointer : known) {
            if (pointer.isEmpty() || covers(pointer, path) || covers(path, pointer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(String outer, String inner) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length()
                        || inner.charAt(outer.length()) == '.'
                        || inner.charAt(outer.length()) == '[');
    }

    /**
     * Follows the path into the request; the request touches it if it speaks of it, or of something around it, whole. Paths are asked
     * about in the order in which they stand, so that each begins as the one before did: so far it was followed already.
     */
    private boolean reaches(FieldPath path) {
        trail.begin(path);
        while (trail.followed() < trail.length()) {
            FieldPath step = trail.step();
            Slice at = trail.at(body);
            Node node = trail.node(root);
            if (step.isItem()) {
                Slice item = at.isArray() ? item(at, node, step.keys()) : null;
                if (item == null) {
                    return !at.isArray()
                            || replacesList(at)
                            || namedInDirective(trail.holder(body), trail.listName(), step);
                }
                trail.follow(item, node.item());
            } else {
                if (!at.isObject()) {
                    return true;
                }
                Slice member = Members.first(at, step.name());
                if (member == null) {
                    boolean ordered = step.equals(path) && Members.find(at, "$setElementOrder/" + step.name()) != null;
                    return ordered || replacesObject(at) || (path.isItem() && namedInDirective(at, step.name(), path));
                }
                trail.follow(member, node.field(step.name()));
            }
        }
        return true;
    }

    private @Nullable Slice item(Slice list, Node node, Map<String, String> keys) {
        Slice merged = null;
        Members m = new Members(list);
        while (m.next()) {
            Slice item = m.value();
            if (keys.containsKey("") ? keys.containsValue(item.text()) : ListItems.hasKeys(item, node, keys)) {
                return item;
            }
            boolean meant = merged == null && kind == RequestKind.STRATEGIC && ListItems.names(item, keys, node);
            merged = meant ? item : merged;
        }
        return merged;
    }

    /** An item that the request's list leaves out is touched if that list is to replace the stored one. */
    private boolean replacesList(Slice list) {
        if (kind == RequestKind.MERGE || kind == RequestKind.MERGE_OR_STRATEGIC) {
            return true;
        }
        Members m = new Members(list);
        while (m.next()) {
            if ("replace".equals(Members.text(m.value(), "$patch"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean replacesObject(Slice object) {
        String directive = Members.text(object, "$patch");
        return "replace".equals(directive) || "delete".equals(directive) || Members.find(object, "$retainKeys") != null;
    }

    private static boolean namedInDirective(Slice parent, String list, FieldPath element) {
        Slice removed = Members.find(parent, "$deleteFromPrimitiveList/" + list);
        if (removed == null) {
            return false;
        }
        Members m = new Members(removed);
        while (m.next()) {
            if (m.value().text().equals(element.name())) {
                return true;
            }
        }
        return false;
    }
}
