package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.MemberBounds;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks two JSON objects side by side and stops only where their bytes differ. Equal stretches are compared as memory is, many
 * bytes at a time, and read no further than it takes to know in which member the next difference stands; behind the last one
 * nothing is read. Objects come out of one encoder, so their members nearly always stand in the same order; where two objects
 * part ways, whoever asked goes on with the rest of them. One thread.
 */
final class SideBySide {
    private static final int DEEPEST = 64;
    private static final int NOWHERE = Integer.MAX_VALUE;
    static final byte[] METADATA = ascii("metadata");
    static final byte[] SPEC = ascii("spec");
    static final byte[] STATUS = ascii("status");
    private static final byte[] MANAGED_FIELDS = ascii("\"managedFields\":");

    /** What is done about differences, each at the path where the walk then stands. */
    interface Visitor {
        /** A member that both objects have, with values of other bytes. */
        void value(Slice one, Slice other);

        /**
         * Members that do not stand in the same order, or only in one of the two objects: all that are left of the objects that
         * the walk is in.
         */
        void rest(Members one, Members other);
    }

    private final Paths paths;
    private final int[] keyFrom = new int[DEEPEST];
    private final int[] keyTo = new int[DEEPEST];
    private final int[] oneFrom = new int[DEEPEST];
    private final int[] otherFrom = new int[DEEPEST];
    private final @Nullable FieldPath[] known = new @Nullable FieldPath[DEEPEST];
    private byte[] x = {};
    private byte[] y = {};
    private int xTo;
    private @Nullable MemberBounds bounds;
    private int yTo;
    private Node root;
    private Visitor visitor;
    private int depth;

    /** Where the walk stands: indexes into both. */
    private int a;

    private int b;

    /** Index into the one of the first byte from {@link #a} on that differs from the other's. */
    private int differs;

    private boolean parted;
    private int managedFrom;
    private int managedTo;

    /** @param paths where the paths come from: one place for all who make longer ones of them */
    SideBySide(Node anyRoot, Visitor anyVisitor, Paths paths) {
        this.paths = paths;
        this.root = anyRoot;
        this.visitor = anyVisitor;
    }

    /** Shows the visitor all differences between two objects, in the order in which they stand. */
    void walk(Slice one, Slice other, Node schema, Visitor shown) {
        x = one.bytes();
        y = other.bytes();
        a = one.from();
        b = other.from();
        xTo = one.to();
        yTo = other.to();
        bounds = one.bounds();
        root = schema;
        visitor = shown;
        depth = 0;
        parted = false;
        managedFrom = 0;
        managedTo = 0;
        align();
        if (differs != NOWHERE) {
            object();
        }
    }

    /**
     * Whether the roots or their metadata parted ways: then nobody looked for managedFields that only the other has.
     */
    boolean parted() {
        return parted;
    }

    /** Where in the other's bytes its managedFields begin, with the comma before them, if the one has none; else 0. */
    int managedFrom() {
        return managedFrom;
    }

    int managedTo() {
        return managedTo;
    }

    private void align() {
        int equal = Arrays.mismatch(x, a, xTo, y, b, yTo);
        differs = equal < 0 ? NOWHERE : a + equal;
    }

    /** Walks the members of the objects that begin here, and comes out behind them, or where nothing differs any more. */
    private void object() {
        oneFrom[depth] = a;
        otherFrom[depth] = b;
        a++;
        b++;
        boolean first = true;
        while (differs != NOWHERE) {
            if (differs > a && x[a] == '}') {
                a++;
                b++;
                return;
            }
            int key = first ? a : a + 1;
            int keyEnd = differs > key && x[key] == '"' && (first || x[a] == ',')
                    ? JsonScan.endOfString(x, key, xTo)
                    : NOWHERE;
            if (keyEnd < differs && x[keyEnd] == ':' && x[keyEnd + 1] > ' ' && y[b + keyEnd + 1 - a] > ' ') {
                keyFrom[depth] = key + 1;
                keyTo[depth] = keyEnd - 1;
                known[depth] = null;
                b += keyEnd + 1 - a;
                a = keyEnd + 1;
                first = false;
                member();
            } else if (first || !passManagedFields()) {
                rest(first);
                return;
            }
        }
    }

    /** Passes over the member's value, the same or not. */
    private void member() {
        byte first = x[a];
        if (first == '{' && differs > a && depth + 1 < DEEPEST) {
            int end = endOfEqualObject();
            if (end < 0) {
                depth++;
                object();
                depth--;
            } else {
                b += end - a;
                a = end;
            }
            return;
        }
        boolean closed = first == '"' || first == '[' || first == '{';
        int end = JsonScan.endOf(x, a, xTo);
        // A number that is the same so far may go on in the other.
        if (closed ? end <= differs : end < differs) {
            b += end - a;
            a = end;
            return;
        }
        Slice one = new Slice(x, a, end);
        Slice other = new Slice(y, b, JsonScan.endOf(y, b, yTo));
        a = end;
        b = other.to();
        if (!one.sameBytes(other)) {
            visitor.value(one, other);
            align();
        }
    }

    /** Where the object ends that begins here, if it ends before the next difference; else -1. */
    private int endOfEqualObject() {
        int known = depth == 0 && bounds != null ? bounds.end(a - oneFrom[0]) : -1;
        if (known >= 0) {
            int end = oneFrom[0] + known;
            return end <= differs ? end : -1;
        }
        return JsonScan.endOfContainerBefore(x, a, Math.min(differs, xTo));
    }

    /** Passes over managedFields that only the other has, which say nothing about the object. */
    private boolean passManagedFields() {
        boolean here = depth == 1
                && isKey(0, METADATA)
                && y[b] == ','
                && b + 1 + MANAGED_FIELDS.length < yTo
                && Arrays.equals(y, b + 1, b + 1 + MANAGED_FIELDS.length, MANAGED_FIELDS, 0, MANAGED_FIELDS.length);
        if (here) {
            managedFrom = b;
            managedTo = JsonScan.endOf(y, b + 1 + MANAGED_FIELDS.length, yTo);
            b = managedTo;
            align();
        }
        return here;
    }

    private void rest(boolean first) {
        parted |= depth < 2;
        visitor.rest(Members.rest(x, a, xTo, !first), Members.rest(y, b, yTo, !first));
        a = oneObject().to();
        b = otherObject().to();
        align();
    }

    /** How many steps lead to the objects that the walk is in; the last step to a member of theirs is at that depth. */
    int depth() {
        return depth;
    }

    /** Whether the step at that depth, from 0, has this name. */
    boolean isKey(int step, byte[] name) {
        return Arrays.equals(x, keyFrom[step], keyTo[step], name, 0, name.length);
    }

    /** The name of the step at that depth, from 0. */
    String key(int step) {
        return path(step).name();
    }

    /** The path to the step at that depth, from 0. */
    FieldPath path(int step) {
        FieldPath path = known[step];
        if (path == null) {
            path = paths.member(step == 0 ? null : path(step - 1), x, keyFrom[step], keyTo[step]);
            known[step] = path;
        }
        return path;
    }

    /** What the schema says of the step at that depth, from 0; of the root at -1. */
    Node node(int step) {
        Node node = root;
        for (int i = 0; i <= step; i++) {
            node = node.field(key(i));
        }
        return node;
    }

    /** The object that the walk is in, in the other's bytes. */
    Slice otherObject() {
        int from = otherFrom[depth];
        return new Slice(y, from, JsonScan.endOf(y, from, yTo));
    }

    /** The object that the walk is in, in the one's bytes. */
    Slice oneObject() {
        int from = oneFrom[depth];
        return new Slice(x, from, JsonScan.endOf(x, from, xTo));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
