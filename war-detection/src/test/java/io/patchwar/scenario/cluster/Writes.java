package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What each verb does to the store, and what it answers. A {@link Failure} thrown here changed nothing. */
final class Writes {

    private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final ObjectStore store;
    private final Admission admission;
    private final Random random;
    private final Deletions deletions;

    Writes(ObjectStore store, Admission admission, Random random) {
        this.store = store;
        this.admission = admission;
        this.random = random;
        this.deletions = new Deletions(store);
    }

    Reply perform(Request request, @Nullable JsonNode body, Instant now) {
        return switch (request.verb()) {
            case "create" ->
                request.subresource().equals("eviction")
                        ? deletions.evict(request, held(request), now)
                        : create(request, (ObjectNode) Objects.requireNonNull(body), now);
            case "update", "patch" -> change(request, Objects.requireNonNull(body), now);
            case "delete" -> deletions.delete(request, held(request), body, now);
            case "deletecollection" -> deletions.deleteCollection(request, body, now);
            default -> throw new IllegalArgumentException("not a write: " + request.verb());
        };
    }

    private StoredObject held(Request request) {
        StoredObject held = store.find(request.kind(), request.namespace(), request.name());
        if (held == null) {
            throw Failure.notFound(request.kind(), request.name());
        }
        return held;
    }

    private Reply create(Request request, ObjectNode body, Instant now) {
        ApiKind kind = request.kind();
        ObjectNode tree = StoredObject.toStored(kind, request.version(), body);
        ObjectNode metadata = tree.withObject("/metadata");
        if (!Request.claimed(tree, "resourceVersion").isEmpty()) {
            throw Failure.versionOnCreate();
        }
        if (!metadata.has("name")) {
            metadata.put("name", Request.claimed(tree, "generateName") + suffix());
        }
        String name = Request.claimed(tree, "name");
        if (kind.namespaced()) {
            metadata.put("namespace", request.namespace());
        }
        if (store.find(kind, request.namespace(), name) != null) {
            throw Failure.alreadyExists(kind, name);
        }
        if (kind.hasStatus()) {
            tree.remove("status");
        }
        metadata.put("uid", new UUID(random.nextLong(), random.nextLong()).toString());
        metadata.put("creationTimestamp", Deletions.seconds(now));
        if (kind.hasGeneration()) {
            metadata.put("generation", 1);
        }
        Defaulting.decode(kind, tree);
        allocate(kind, tree);
        admission.refuse(request, name, null, tree);
        Admission.Outcome outcome = admission.mutate(request, name, tree);
        FieldOwners owners = new FieldOwners();
        if (request.style() == WriteStyle.APPLY) {
            owners.apply(owner(request), Leaves.of(body), tree);
        } else {
            owners.wrote(owner(request), Map.of(), Leaves.of(tree));
        }
        if (request.dryRun()) {
            return new Reply(201, StoredObject.ordered(tree), outcome.annotations());
        }
        return new Reply(201, store.put(kind, tree, owners).in(request.version()), outcome.annotations());
    }

    /** Addresses and ports that the server gives a Service; in the order of a counter, so that logs repeat. */
    private void allocate(ApiKind kind, ObjectNode tree) {
        if (!kind.resource().equals("services")) {
            return;
        }
        ObjectNode spec = tree.withObject("/spec");
        if (!spec.has("clusterIP")) {
            String address = "10.96." + random.nextInt(256) + "." + random.nextInt(256);
            spec.put("clusterIP", address).putArray("clusterIPs").add(address);
        }
        spec.putArray("ipFamilies").add("IPv4");
        spec.put("ipFamilyPolicy", "SingleStack");
        if (!spec.path("type").asText().equals("ClusterIP")) {
            spec.path("ports").forEach(port -> {
                if (!port.has("nodePort")) {
                    ((ObjectNode) port).put("nodePort", 30000 + random.nextInt(2767));
                }
            });
        }
    }

    private Reply change(Request request, JsonNode body, Instant now) {
        ApiKind kind = request.kind();
        StoredObject held = store.find(kind, request.namespace(), request.name());
        if (held == null
                && request.style() == WriteStyle.APPLY
                && request.subresource().isEmpty()) {
            return create(request, (ObjectNode) body, now);
        }
        if (held == null) {
            throw Failure.notFound(kind, request.name());
        }
        FieldOwners owners = held.owners().copy();
        ObjectNode asked = asked(request, body, held, owners);
        String claimed = Request.claimed(asked, "resourceVersion");
        String uid = Request.claimed(asked, "uid");
        boolean stale = !claimed.isEmpty() && !claimed.equals(held.resourceVersion());
        if (stale || (!uid.isEmpty() && !uid.equals(held.uid()))) {
            throw Failure.modified(kind, request.name());
        }
        boolean status = request.subresource().equals("status");
        held.keepFrom(asked, request.subresource());
        keepAllocations(held, asked);
        Defaulting.decode(kind, asked);
        if (!status) {
            admission.refuse(request, request.name(), held.tree(), asked);
        }
        Admission.Outcome outcome =
                status ? new Admission.Outcome(false, Map.of()) : admission.mutate(request, request.name(), asked);
        if (request.style() != WriteStyle.APPLY) {
            owners.wrote(owner(request), Leaves.of(held.tree()), Leaves.of(asked));
        }
        if (kind.hasGeneration() && (held.specDiffers(asked) || outcome.moves())) {
            ObjectNode metadata = asked.withObject("/metadata");
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        boolean same = asked.equals(held.tree()) && owners.sameAs(held.owners()) && !outcome.moves();
        if (request.dryRun() || same) {
            return answer(request, new StoredObject(kind, StoredObject.ordered(asked), owners), outcome);
        }
        StoredObject after = new StoredObject(kind, StoredObject.ordered(asked), owners);
        boolean gone = held.isDeleting()
                && held.hasFinalizers()
                && !after.hasFinalizers()
                && asked.path("metadata").path("deletionGracePeriodSeconds").asInt(0) == 0;
        if (gone) {
            store.remove(held);
            store.nextVersion();
            return answer(request, after, outcome);
        }
        return answer(request, store.put(kind, asked, owners), outcome);
    }

    private static Reply answer(Request request, StoredObject object, Admission.Outcome outcome) {
        ObjectNode body = request.isScale() ? object.scale() : object.in(request.version());
        return new Reply(200, body, outcome.annotations());
    }

    /** The whole object as the request would have it, in the stored version. */
    private static ObjectNode asked(Request request, JsonNode body, StoredObject held, FieldOwners owners) {
        ApiKind kind = request.kind();
        ObjectNode target = request.isScale() ? held.scale() : held.in(request.version());
        switch (Objects.requireNonNull(request.style())) {
            case PUT -> target = (ObjectNode) body.deepCopy();
            case MERGE -> MergePatch.apply(target, body);
            case STRATEGIC -> {
                if (kind.custom()) {
                    throw Failure.strategicOnCustom();
                }
                StrategicPatch.apply(target, body);
            }
            case JSON_PATCH -> {
                try {
                    JsonPatch.apply(target, body);
                } catch (JsonPatch.Unfit e) {
                    throw Failure.unfitPatch(kind, request.name(), String.valueOf(e.getMessage()));
                }
            }
            case APPLY -> applied(request, (ObjectNode) body, target, held, owners);
        }
        if (request.isScale()) {
            ObjectNode whole = held.tree().deepCopy();
            FieldAddress.parse("spec.replicas").set(whole, target.path("spec").path("replicas"));
            whole.withObject("/metadata")
                    .set("resourceVersion", target.path("metadata").get("resourceVersion"));
            return whole;
        }
        return StoredObject.toStored(kind, request.version(), target);
    }

    private static void applied(
            Request request, ObjectNode body, ObjectNode target, StoredObject held, FieldOwners owners) {
        ObjectNode intent = body.deepCopy();
        if (request.subresource().isEmpty() && request.kind().hasStatus()) {
            intent.remove("status");
        }
        Map<FieldAddress, JsonNode> fields = Leaves.of(intent);
        Map<FieldAddress, JsonNode> live = Leaves.of(held.in(request.version()));
        List<FieldOwners.Conflict> conflicts = owners.conflicts(owner(request), fields, live);
        if (!conflicts.isEmpty() && !request.force()) {
            throw Failure.applyConflict(conflicts);
        }
        owners.apply(owner(request), fields, target);
    }

    /** A Service written without its addresses and node ports keeps them. */
    private void keepAllocations(StoredObject held, ObjectNode asked) {
        if (!held.kind().resource().equals("services")) {
            return;
        }
        ObjectNode spec = asked.withObject("/spec");
        for (String name : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            if (!spec.has(name) && held.tree().path("spec").has(name)) {
                spec.set(name, held.tree().path("spec").get(name));
            }
        }
        ArrayNode before = held.tree().path("spec").path("ports") instanceof ArrayNode ports
                ? ports
                : JsonNodeFactory.instance.arrayNode();
        spec.path("ports")
                .forEach(port -> before.forEach(old -> {
                    boolean same = old.path("port").equals(port.path("port"));
                    if (same && !port.has("nodePort") && old.has("nodePort") && !admission.allocates(held)) {
                        ((ObjectNode) port).set("nodePort", old.get("nodePort"));
                    }
                }));
    }

    private static FieldOwners.Owner owner(Request request) {
        return new FieldOwners.Owner(
                request.by().managerOr(request.manager()),
                request.style() == WriteStyle.APPLY,
                request.subresource(),
                request.kind().apiVersion(request.version()));
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            suffix.append(NAME_LETTERS.charAt(random.nextInt(NAME_LETTERS.length())));
        }
        return suffix.toString();
    }
}
