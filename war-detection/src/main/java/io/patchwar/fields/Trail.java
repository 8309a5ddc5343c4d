package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.json.Slice;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path that is followed into a body, step by step, and what was found at each; the next path goes on where it parts from this
 * one. Used again for the next body; one thread.
 */
final class Trail {
    private FieldPath[] steps = new FieldPath[16];
    private FieldPath[] before = new FieldPath[16];
    private @Nullable Slice[] found = new @Nullable Slice[16];
    private Node[] nodes = new Node[16];
    private int length;
    private int followed;

    /** Forgets all, for another body: whoever holds a slice holds the buffer that it stands in. */
    void clear() {
        Arrays.fill(found, null);
        followed = 0;
    }

    /** Takes up another path of the same body: as far as it begins like the last one, it is followed already. */
    @SuppressWarnings("ReferenceEquality") // Other objects for the same step only cost, and mean the same.
    void begin(FieldPath path) {
        FieldPath[] old = steps;
        steps = before;
        before = old;
        length = 0;
        for (FieldPath p = path; p != null; p = p.parent()) {
            length++;
        }
        room();
        int at = length;
        for (FieldPath p = path; p != null; p = p.parent()) {
            steps[--at] = p;
        }
        int common = 0;
        while (common < Math.min(length, followed) && steps[common] == before[common]) {
            common++;
        }
        followed = common;
    }

    private void room() {
        if (length > steps.length) {
            steps = Arrays.copyOf(steps, 2 * length);
            before = Arrays.copyOf(before, 2 * length);
            found = Arrays.copyOf(found, 2 * length);
            nodes = Arrays.copyOf(nodes, 2 * length);
        } else if (before.length > steps.length) {
            steps = Arrays.copyOf(steps, before.length);
        }
    }

    /** How many steps the path has. */
    int length() {
        return length;
    }

    /** How many of them were followed. */
    int followed() {
        return followed;
    }

    /** The next step. */
    FieldPath step() {
        return steps[followed];
    }

    /** What was found so far; the body before the first step. */
    Slice at(Slice body) {
        return followed == 0 ? body : Objects.requireNonNull(found[followed - 1]);
    }

    /** What the schema says of that; the root before the first step. */
    Node node(Node root) {
        return followed == 0 ? root : nodes[followed - 1];
    }

    /** The object that holds the list in which the next step is an item. */
    Slice holder(Slice body) {
        int member = member();
        return member <= 0 ? body : Objects.requireNonNull(found[member - 1]);
    }

    /** The name of that list, empty if it has none. */
    String listName() {
        int member = member();
        return member < 0 ? "" : steps[member].name();
    }

    /** The last step that led to a member; -1 if none did. */
    private int member() {
        int i = followed - 1;
        while (i >= 0 && steps[i].isItem()) {
            i--;
        }
        return i;
    }

    /** The next step leads there. */
    void follow(Slice value, Node node) {
        found[followed] = value;
        nodes[followed] = node;
        followed++;
    }
}
