package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What etcd holds, and the one counter from which every version comes. */
final class ObjectStore {

    private record Key(String group, String resource, String namespace, String name) {}

    private record Snapshot(Map<Key, StoredObject> objects, long version) {}

    private final Map<Key, StoredObject> objects = new LinkedHashMap<>();
    private long version = 1000;
    private @Nullable Snapshot snapshot;

    String nextVersion() {
        return Long.toString(++version);
    }

    String version() {
        return Long.toString(version);
    }

    /** Writes that have nothing to do with the story, and only move the counter. */
    void others(int count) {
        version += count;
    }

    @Nullable
    StoredObject find(ApiKind kind, String namespace, String name) {
        return objects.get(new Key(kind.group(), kind.resource(), namespace, name));
    }

    List<StoredObject> all(ApiKind kind, String namespace) {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().group().equals(kind.group())
                        && each.getKey().resource().equals(kind.resource())
                        && each.getKey().namespace().equals(namespace))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Stores a tree under the next version and gives it back as it is held. */
    StoredObject put(ApiKind kind, ObjectNode tree, FieldOwners owners) {
        tree.withObject("/metadata").put("resourceVersion", nextVersion());
        StoredObject stored = new StoredObject(kind, StoredObject.ordered(tree), owners);
        objects.put(keyOf(stored), stored);
        return stored;
    }

    void remove(StoredObject object) {
        objects.remove(keyOf(object));
    }

    void snapshot() {
        Map<Key, StoredObject> copy = new LinkedHashMap<>();
        objects.forEach((key, object) -> copy.put(key, object.copy()));
        snapshot = new Snapshot(copy, version);
    }

    /** Goes back to the snapshot, versions included, as an etcd restored from a backup does. */
    void restore() {
        if (snapshot == null) {
            throw new IllegalStateException("restore without a snapshot before it");
        }
        objects.clear();
        snapshot.objects().forEach((key, object) -> objects.put(key, object.copy()));
        version = snapshot.version();
    }

    private static Key keyOf(StoredObject object) {
        return new Key(
                object.kind().group(),
                object.kind().resource(),
                Request.claimed(object.tree(), "namespace"),
                Request.claimed(object.tree(), "name"));
    }
}
