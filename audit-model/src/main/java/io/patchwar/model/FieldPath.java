package io.patchwar.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a field stands inside its object, as a chain of steps from the root: {@code
 * spec.ports[port=80,protocol=TCP].nodePort}. Names with dots, slashes or brackets stand in brackets. Immutable; the
 * text is made when asked for.
 */
public final class FieldPath {

    /** The object as a whole: whether it exists. */
    public static final String OBJECT = "(object)";

    private final @Nullable FieldPath parent;
    private final String name;
    private final Map<String, String> keys;
    private @Nullable String text;

    private FieldPath(@Nullable FieldPath parent, String name, Map<String, String> keys) {
        this.parent = parent;
        this.name = name;
        this.keys = keys;
    }

    /** A member of the object at {@code parent}, of the root where that is null. */
    public static FieldPath member(@Nullable FieldPath parent, String name) {
        return new FieldPath(parent, name, Map.of());
    }

    /** The item of the keyed list at {@code parent} with these merge keys, in the schema's order. */
    public static FieldPath item(FieldPath parent, Map<String, String> keys) {
        return new FieldPath(parent, "", keys);
    }

    /** The member of the set list at {@code parent}. */
    public static FieldPath element(FieldPath parent, String value) {
        return new FieldPath(parent, value, Map.of("", value));
    }

    /** The enclosing path; null for a member of the root. */
    public @Nullable FieldPath parent() {
        return parent;
    }

    /** The member's name, the set element's value, empty for an item of a keyed list. */
    public String name() {
        return name;
    }

    /** Whether this is an item of a keyed or set list. */
    public boolean isItem() {
        return !keys.isEmpty();
    }

    /** Merge keys of an item of a keyed list; empty for a member; the single key {@code ""} for a set's element. */
    public Map<String, String> keys() {
        return keys;
    }

    /** The name of the first step: {@code metadata}, {@code spec}, {@code status}, … */
    public String root() {
        FieldPath p = this;
        while (p.parent != null) {
            p = p.parent;
        }
        return p.name;
    }

    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = render();
            text = known;
        }
        return known;
    }

    private String render() {
        String head = parent == null ? "" : parent.toString();
        if (keys.isEmpty()) {
            return plain(name) ? (head.isEmpty() ? name : head + "." + name) : head + "[" + name + "]";
        }
        if (keys.containsKey("")) {
            return head + "[" + name + "]";
        }
        StringBuilder out = new StringBuilder(head).append('[');
        String comma = "";
        for (Map.Entry<String, String> key : keys.entrySet()) {
            out.append(comma).append(key.getKey()).append('=').append(key.getValue());
            comma = ",";
        }
        return out.append(']').toString();
    }

    private static boolean plain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.' || c == '/' || c == '[' || c == ']' || c <= ' ') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof FieldPath p && toString().equals(p.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
