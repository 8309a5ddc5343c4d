package io.patchwar.fields;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes itself says about the lists and values of its objects: which lists it merges by key, which are sets,
 * which values are quantities. The source is the OpenAPI of the release named in {@code kubernetes-schema.tsv}, the
 * Gateway API included; versions of a kind that it does not name are taken for the most stable one that it does.
 *
 * <p>Over it lie the conventions that hold in any resource, at any depth, custom resources included, wherever the OpenAPI
 * does not key the list itself: {@code conditions} by type, {@code taints} by key and effect, {@code parents} by
 * controllerName and parentRef. A kind that the OpenAPI does not know has these and its {@code metadata}, no more: what a
 * custom resource embeds under the name of {@code containers} or {@code env} is one value.
 *
 * <p>Immutable, safe to share. Descending from a root allocates nothing.
 */
public final class KubernetesSchema {
    private final Map<String, List<Served>> kinds;
    private final Node unknown;

    KubernetesSchema(Map<String, List<Served>> kinds, Node unknown) {
        this.kinds = Map.copyOf(kinds);
        this.unknown = unknown;
    }

    /** The schema that this build ships, read on first use (some milliseconds). */
    public static KubernetesSchema shipped() {
        return Shipped.SCHEMA;
    }

    /**
     * The root of an object as its own body names it.
     *
     * @param apiVersion as in a body: {@code v1}, {@code apps/v1}
     * @param kind as in a body: {@code Deployment}
     */
    public Node root(String apiVersion, String kind) {
        List<Served> candidates = kinds.get(kind);
        if (candidates == null) {
            return unknown;
        }
        int slash = apiVersion.indexOf('/');
        Node fallback = null;
        for (int i = 0; i < candidates.size(); i++) {
            Served served = candidates.get(i);
            if (!served.inGroup(apiVersion, slash)) {
                continue;
            }
            if (served.inVersion(apiVersion, slash)) {
                return served.root();
            }
            if (fallback == null) {
                fallback = served.root();
            }
        }
        return fallback == null ? unknown : fallback;
    }

    int kindCount() {
        return kinds.size();
    }

    /** The root of a kind in one version, or in every version where that is null; the core group's name is empty. */
    record Served(String group, @Nullable String version, Node root) {
        private boolean inGroup(String apiVersion, int slash) {
            return slash < 0 ? group.isEmpty() : slash == group.length() && apiVersion.startsWith(group);
        }

        private boolean inVersion(String apiVersion, int slash) {
            return version == null
                    || (apiVersion.length() - slash - 1 == version.length() && apiVersion.endsWith(version));
        }
    }

    /**
     * A place in an object: what may stand there, and the way further down. Says what the schema expects, not what a body
     * holds: where a list is marked and a body has a scalar, the marks mean nothing.
     *
     * <p>Immutable, safe to share; one place is one instance, so that nodes may be compared by identity.
     */
    public static final class Node {
        private final ListKind list;
        private final List<String> keys;
        private final List<String> keyDefaults;
        private final Leaf leaf;
        // Types refer to one another and to themselves, so these are filled in after construction, before publication.
        private NodesByName fields = NodesByName.NONE;
        private Node otherFields = this;
        private Node item = this;

        /** What a value is beyond its JSON type. */
        enum Leaf {
            ORDINARY,
            QUANTITY,
            INT_OR_STRING
        }

        /** @param keyDefaults beside {@code keys}, an empty text where a key has none */
        Node(ListKind list, List<String> keys, List<String> keyDefaults, Leaf leaf) {
            this.list = list;
            this.keys = List.copyOf(keys);
            this.keyDefaults = List.copyOf(keyDefaults);
            this.leaf = leaf;
        }

        void link(NodesByName fields, Node otherFields, Node item) {
            this.fields = Objects.requireNonNull(fields);
            this.otherFields = Objects.requireNonNull(otherFields);
            this.item = Objects.requireNonNull(item);
        }

        /** The member of that name, of an object or of a map. */
        public Node field(String name) {
            Node found = fields.find(name);
            return found == null ? otherFields : found;
        }

        /**
         * The same, for a name as it stands in a JSON text, without its quotes. A name that is written with escapes has to
         * be decoded first.
         */
        public Node field(byte[] json, int from, int to) {
            Node found = fields.find(json, from, to);
            return found == null ? otherFields : found;
        }

        /** Each item of the list that stands here. */
        public Node item() {
            return item;
        }

        /**
         * How the items of a list that stands here are told apart. A convention cannot see what it applies to: a list whose
         * items are no objects, or have none of the keys, or not all of them different, is still one value.
         */
        public ListKind list() {
            return list;
        }

        /**
         * The fields that tell the items of a keyed list apart, in the order that Kubernetes gives; else empty. A key's value
         * may be a number ({@code port}) or an object ({@code parentRef}): then its canonical text serves.
         */
        public List<String> keys() {
            return keys;
        }

        /** What a key means that an item leaves out ({@code TCP} for {@code protocol}), or null: then it is absent. */
        public @Nullable String keyDefault(String key) {
            int at = keys.indexOf(key);
            return at < 0 || keyDefaults.get(at).isEmpty() ? null : keyDefaults.get(at);
        }

        /** Whether {@code 1000m} and {@code 1} are one value here. */
        public boolean quantity() {
            return leaf == Leaf.QUANTITY;
        }

        /** Whether a number or a text may stand here, such as the number or the name of a port. */
        public boolean intOrString() {
            return leaf == Leaf.INT_OR_STRING;
        }
    }

    private static final class Shipped {
        private static final KubernetesSchema SCHEMA = SchemaTable.shipped();
    }
}
