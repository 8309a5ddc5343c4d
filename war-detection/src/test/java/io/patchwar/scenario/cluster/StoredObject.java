package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One object as etcd holds it: its tree in the stored version, and who owns which field. Never changed, only replaced. */
record StoredObject(ApiKind kind, ObjectNode tree, FieldOwners owners) {

    private static final List<String> METADATA = List.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
            "managedFields");

    /** What no client can change by writing it. */
    private static final List<String> SYSTEM_METADATA = METADATA.subList(0, 9);

    String resourceVersion() {
        return Request.claimed(tree, "resourceVersion");
    }

    String uid() {
        return Request.claimed(tree, "uid");
    }

    boolean isDeleting() {
        return tree.path("metadata").has("deletionTimestamp");
    }

    boolean hasFinalizers() {
        return !tree.path("metadata").path("finalizers").isEmpty();
    }

    StoredObject copy() {
        return new StoredObject(kind, tree.deepCopy(), owners.copy());
    }

    /** The tree in another served version of its kind. */
    ObjectNode in(String version) {
        ObjectNode spoken = tree.deepCopy();
        spoken.put("apiVersion", kind.apiVersion(version));
        kind.otherVersions().getOrDefault(version, Map.of()).forEach((theirs, ours) -> move(spoken, ours, theirs));
        return spoken;
    }

    /** A tree in another served version, in the stored one. */
    static ObjectNode toStored(ApiKind kind, String version, ObjectNode spoken) {
        ObjectNode stored = spoken.deepCopy();
        stored.put("apiVersion", kind.apiVersion(kind.version()));
        kind.otherVersions().getOrDefault(version, Map.of()).forEach((theirs, ours) -> move(stored, theirs, ours));
        return stored;
    }

    private static void move(ObjectNode tree, String from, String to) {
        FieldAddress source = FieldAddress.parse(from);
        JsonNode value = source.in(tree);
        if (value != null) {
            source.remove(tree);
            FieldAddress.parse(to).set(tree, value);
        }
    }

    /** Gives {@code asked} back what a write to this part of the object may not change. */
    void keepFrom(ObjectNode asked, String subresource) {
        ObjectNode metadata = asked.withObject("/metadata");
        ObjectNode held = tree.withObject("/metadata");
        SYSTEM_METADATA.forEach(name -> restore(name, held, metadata));
        metadata.remove("managedFields");
        if (subresource.equals("status")) {
            for (String name : List.of("labels", "annotations", "ownerReferences", "finalizers")) {
                if (!kind.statusStores(name)) {
                    restore(name, held, metadata);
                }
            }
            List<String> names = new ArrayList<>();
            asked.fieldNames().forEachRemaining(names::add);
            tree.fieldNames().forEachRemaining(names::add);
            names.stream()
                    .filter(name -> !name.equals("metadata") && !name.equals("status"))
                    .forEach(name -> restore(name, tree, asked));
        } else if (kind.hasStatus()) {
            restore("status", tree, asked);
        }
    }

    private static void restore(String name, ObjectNode from, ObjectNode to) {
        JsonNode value = from.get(name);
        if (value == null) {
            to.remove(name);
        } else {
            to.set(name, value.deepCopy());
        }
    }

    /** Whether anything but metadata and status differs: what moves the generation. */
    boolean specDiffers(ObjectNode other) {
        return !withoutMetadata(tree).equals(withoutMetadata(other));
    }

    private ObjectNode withoutMetadata(ObjectNode of) {
        ObjectNode rest = of.deepCopy();
        rest.remove("metadata");
        if (kind.hasStatus()) {
            rest.remove("status");
        }
        return rest;
    }

    /** This object as {@code autoscaling/v1 Scale}: what {@code /scale} speaks. */
    ObjectNode scale() {
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String name : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            restore(name, tree.withObject("/metadata"), metadata);
        }
        scale.putObject("spec")
                .set(
                        "replicas",
                        Objects.requireNonNullElse(
                                tree.path("spec").get("replicas"), JsonNodeFactory.instance.numberNode(0)));
        ObjectNode status = scale.putObject("status");
        status.put("replicas", tree.path("status").path("replicas").asInt(0));
        TreeMap<String, String> labels = new TreeMap<>();
        tree.path("spec")
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        if (!labels.isEmpty()) {
            List<String> pairs = labels.entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .toList();
            status.put("selector", String.join(",", pairs));
        }
        return scale;
    }

    /** Kind, apiVersion, metadata first and status last, and metadata in its own order, as Go types are written out. */
    static ObjectNode ordered(ObjectNode tree) {
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        ObjectNode rest = tree.deepCopy();
        for (String name : List.of("kind", "apiVersion", "metadata")) {
            JsonNode value = rest.remove(name);
            if (value != null) {
                ordered.set(name, value);
            }
        }
        JsonNode status = rest.remove("status");
        ordered.setAll(rest);
        if (status != null) {
            ordered.set("status", status);
        }
        if (ordered.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode inOrder = JsonNodeFactory.instance.objectNode();
            METADATA.forEach(name -> {
                if (metadata.has(name)) {
                    inOrder.set(name, metadata.get(name));
                }
            });
            ordered.set("metadata", inOrder);
        }
        return ordered;
    }
}
