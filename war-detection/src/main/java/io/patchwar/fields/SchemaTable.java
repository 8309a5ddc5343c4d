package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.fields.KubernetesSchema.Node.Leaf;
import io.patchwar.fields.KubernetesSchema.Served;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the generated table into a {@link KubernetesSchema} and lays the conventions over it. The head of the table
 * explains its lines. Written without streams and lambdas: this is on the way of every start of the command line.
 */
final class SchemaTable {
    private static final String RESOURCE = "kubernetes-schema.tsv";
    private static final String OBJECT_META = "meta.ObjectMeta";
    private static final String UNMARKED = "-";

    /** The lists that are keyed in any resource, and their keys: Kubernetes marks the same of them here and not there. */
    private static final Map<String, String> CONVENTIONS =
            Map.of("conditions", "type", "taints", "key,effect", "parents", "controllerName,parentRef");

    private final Node unmarked = node(ListKind.ATOMIC, Leaf.ORDINARY);
    private final Map<String, Node> conventions;
    private final NodesByName conventional;
    private final Map<String, Node> types = new HashMap<>();
    private final Set<String> defined = new HashSet<>();
    /** One node for each way of standing somewhere, such as {@code keyed name core.EnvVar}. */
    private final Map<String, Node> shared = new HashMap<>();

    private final Map<String, List<Served>> kinds = new HashMap<>();
    private final Node unknown = node(ListKind.ATOMIC, Leaf.ORDINARY);

    private SchemaTable() {
        // The lists among the conventions hold objects in which the conventions hold, so the knot is tied afterwards.
        List<Node> lists = new ArrayList<>(CONVENTIONS.size());
        Map<String, Node> fields = new HashMap<>();
        for (Map.Entry<String, String> convention : CONVENTIONS.entrySet()) {
            Node list = keyed(convention.getValue());
            lists.add(list);
            fields.put(convention.getKey(), list);
            shared.put(shape("keyed", convention.getValue(), UNMARKED), list);
        }
        conventions = fields;
        conventional = new NodesByName(fields);
        unmarked.link(conventional, unmarked, unmarked);
        for (Node list : lists) {
            list.link(conventional, unmarked, unmarked);
        }
    }

    static KubernetesSchema shipped() {
        try (InputStream table = SchemaTable.class.getResourceAsStream(RESOURCE)) {
            if (table == null) {
                throw new IllegalStateException("this build lacks its resource " + RESOURCE);
            }
            return read(new InputStreamReader(table, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException naming the line that cannot be understood, or the type that is missing */
    static KubernetesSchema read(Reader table) throws IOException {
        return new SchemaTable().readLines(new BufferedReader(table));
    }

    private KubernetesSchema readLines(BufferedReader table) throws IOException {
        String type = null;
        Map<String, Node> fields = new HashMap<>();
        int number = 0;
        for (String line = table.readLine(); line != null; line = table.readLine()) {
            number++;
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            String[] cells = line.split("\t", -1);
            try {
                if (cells[0].isEmpty()) {
                    requireKnown(type != null);
                    fields.put(cells[1], placed(cells));
                } else if (cells[0].equals("type")) {
                    define(type, fields);
                    type = cells[1];
                    fields = new HashMap<>();
                } else {
                    requireKnown(cells[0].equals("kind"));
                    serve(cells[1], cells[2], cells[3]);
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalStateException("line " + number + " is not a line of a schema: " + line, e);
            }
        }
        define(type, fields);
        defineUnknown();
        for (String mentioned : types.keySet()) {
            if (!defined.contains(mentioned)) {
                throw new IllegalStateException("the schema mentions a type that it does not define: " + mentioned);
            }
        }
        return new KubernetesSchema(kinds, unknown);
    }

    private void serve(String apiVersion, String kind, String type) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        Node root = type.equals(UNMARKED) ? unknown : type(type);
        List<Served> served = kinds.get(kind);
        if (served == null) {
            served = new ArrayList<>(1);
            kinds.put(kind, served);
        }
        served.add(new Served(group, version.equals("*") ? null : version, root));
    }

    /** The node of a field's line: an empty cell, the name, how, the keys if how is keyed, of. */
    private Node placed(String[] cells) {
        return switch (cells[2]) {
            case "value" -> of(cells[3]);
            case "members" -> shared("members", "", cells[3]);
            case "items" -> {
                String convention = CONVENTIONS.get(cells[1]);
                yield convention == null ? shared("items", "", cells[3]) : shared("keyed", convention, cells[3]);
            }
            case "set" -> shared("set", "", cells[3]);
            case "keyed" -> shared("keyed", cells[3], cells[4]);
            default -> throw new IllegalArgumentException(cells[2]);
        };
    }

    private Node shared(String how, String keys, String of) {
        String shape = shape(how, keys, of);
        Node known = shared.get(shape);
        if (known != null) {
            return known;
        }
        Node inner = of(of);
        Node node;
        if (how.equals("members")) {
            node = node(ListKind.ATOMIC, Leaf.ORDINARY);
            node.link(NodesByName.NONE, inner, unmarked);
        } else {
            node = how.equals("keyed")
                    ? keyed(keys)
                    : node(how.equals("set") ? ListKind.SET : ListKind.ATOMIC, Leaf.ORDINARY);
            node.link(conventional, unmarked, inner);
        }
        shared.put(shape, node);
        return node;
    }

    private static String shape(String how, String keys, String of) {
        // Not with +, whose first use costs a starting JVM more than the whole table does.
        return String.join(" ", how, keys, of);
    }

    private Node of(String what) {
        return switch (what) {
            case UNMARKED -> unmarked;
            case "quantity" -> leaf(what, Leaf.QUANTITY);
            case "int-or-string" -> leaf(what, Leaf.INT_OR_STRING);
            default -> type(what);
        };
    }

    private Node leaf(String name, Leaf leaf) {
        Node known = shared.get(name);
        if (known == null) {
            known = node(ListKind.ATOMIC, leaf);
            known.link(conventional, unmarked, unmarked);
            shared.put(name, known);
        }
        return known;
    }

    /** The node of a type, linked once the type's own lines have been read. */
    private Node type(String name) {
        Node known = types.get(name);
        if (known == null) {
            known = node(ListKind.ATOMIC, Leaf.ORDINARY);
            types.put(name, known);
        }
        return known;
    }

    private void define(@Nullable String type, Map<String, Node> fields) {
        if (type == null) {
            return;
        }
        if (!defined.add(type)) {
            throw new IllegalStateException("the schema defines a type twice: " + type);
        }
        type(type).link(withConventions(fields), unmarked, unmarked);
    }

    /** Any object has metadata, and an unknown one has nothing else that is certain. */
    private void defineUnknown() {
        Map<String, Node> fields = new HashMap<>();
        fields.put("metadata", type(OBJECT_META));
        unknown.link(withConventions(fields), unmarked, unmarked);
    }

    private NodesByName withConventions(Map<String, Node> fields) {
        Map<String, Node> all = new HashMap<>(conventions);
        all.putAll(fields);
        return new NodesByName(all);
    }

    private static Node keyed(String keys) {
        List<String> names = new ArrayList<>(2);
        List<String> defaults = new ArrayList<>(2);
        for (String key : keys.split(",", -1)) {
            int equals = key.indexOf('=');
            names.add(equals < 0 ? key : key.substring(0, equals));
            defaults.add(equals < 0 ? "" : key.substring(equals + 1));
        }
        return new Node(ListKind.KEYED, names, defaults, Leaf.ORDINARY);
    }

    private static Node node(ListKind list, Leaf leaf) {
        return new Node(list, List.of(), List.of(), leaf);
    }

    private static void requireKnown(boolean known) {
        if (!known) {
            throw new IllegalArgumentException("not in its place");
        }
    }
}
