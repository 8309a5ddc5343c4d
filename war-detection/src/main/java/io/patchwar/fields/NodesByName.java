package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one type, found by the bytes of a name where they stand in a JSON text: making a string of every name in
 * every body would cost more than all the looking up. Immutable. Names are ASCII, as Kubernetes' own are.
 */
final class NodesByName {
    static final NodesByName NONE = new NodesByName(Map.of());

    private final byte[][] names;
    private final @Nullable Node[] nodes;
    private final int longest;

    NodesByName(Map<String, Node> fields) {
        // At most half full, so that a search always ends at a free slot.
        int capacity = Integer.highestOneBit(Math.max(1, fields.size())) << 2;
        names = new byte[capacity][];
        nodes = new @Nullable Node[capacity];
        int longestName = 0;
        for (Map.Entry<String, Node> field : fields.entrySet()) {
            byte[] name = ascii(field.getKey());
            int slot = hash(name, 0, name.length) & (capacity - 1);
            while (nodes[slot] != null) {
                slot = (slot + 1) & (capacity - 1);
            }
            names[slot] = name;
            nodes[slot] = field.getValue();
            longestName = Math.max(longestName, name.length);
        }
        longest = longestName;
    }

    @Nullable
    Node find(byte[] text, int from, int to) {
        if (to - from > longest) {
            return null;
        }
        int slot = hash(text, from, to) & (nodes.length - 1);
        while (nodes[slot] != null) {
            if (Arrays.equals(names[slot], 0, names[slot].length, text, from, to)) {
                return nodes[slot];
            }
            slot = (slot + 1) & (nodes.length - 1);
        }
        return null;
    }

    @Nullable
    Node find(String name) {
        if (name.length() > longest) {
            return null;
        }
        // The same as of the bytes, and for ASCII also what String computes, and keeps.
        int slot = name.hashCode() & (nodes.length - 1);
        while (nodes[slot] != null) {
            if (same(names[slot], name)) {
                return nodes[slot];
            }
            slot = (slot + 1) & (nodes.length - 1);
        }
        return null;
    }

    private static int hash(byte[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        return hash;
    }

    private static boolean same(byte[] ascii, String name) {
        if (ascii.length != name.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length; i++) {
            if (ascii[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String name) {
        byte[] bytes = new byte[name.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = name.charAt(i);
            if (c > 0x7f) {
                throw new IllegalArgumentException("not an ASCII name: " + name);
            }
            bytes[i] = (byte) c;
        }
        return bytes;
    }
}
